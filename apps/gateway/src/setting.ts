import type { z } from 'zod';

/** One setting of the environment: its default as text ("" = none) and what it means. */
export interface Setting<Schema extends z.ZodType> {
  default: string;
  schema: Schema;
  meaning: string;
}

/** An entry of the table of settings. */
export function setting<Schema extends z.ZodType>(
  byDefault: string,
  schema: Schema,
  meaning: string,
): Setting<Schema> {
  return { default: byDefault, schema, meaning };
}
