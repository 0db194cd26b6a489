import type { Bar } from '../report/bars.js';

/** Something of which less is better, beside what it is compared with in the same run. */
export interface Compared {
  what: string;
  anchor: number;
  gateway: number;
  /** `gateway / anchor` unless a median of quotients was measured. */
  multiple: number;
  bar: Bar;
}

export function compared(what: string, anchor: number, gateway: number, bar: Bar): Compared {
  return { what, anchor, gateway, multiple: gateway / anchor, bar };
}
