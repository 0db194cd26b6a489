/** A JSON object as a charger sent it or as we send it. */
export type WireObject = Record<string, unknown>;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Time as chargers are told it: milliseconds and `Z`, never an offset. */
export function toWireTime(at: number): string {
  return new Date(at).toISOString();
}
