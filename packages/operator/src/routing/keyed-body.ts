import { Problem, type ProblemMember } from './problem.js';

/**
 * Body whose key members are those of the URL: they may be left out, and when given they must be equal, ignoring
 * case (OCPI TY-001). `keys` maps body members to path parameters.
 */
export function keyedBody(keys: Record<string, string>) {
  return (body: unknown, params: Record<string, unknown>): unknown => {
    if (!isObject(body)) return body;
    const errors: ProblemMember[] = [];
    const merged = new Map(Object.entries(body));
    for (const [member, parameter] of Object.entries(keys)) {
      const inUrl = params[parameter];
      const inBody = merged.get(member);
      if (inBody === undefined) merged.set(member, inUrl);
      else if (String(inBody).toUpperCase() !== String(inUrl).toUpperCase()) {
        errors.push({ pointer: `/${member}`, detail: `is not the one of the URL, ${JSON.stringify(inUrl)}` });
      } else if (typeof inBody === 'string') merged.set(member, inUrl);
    }
    if (errors.length > 0)
      throw new Problem('invalid-request', 'The key in the body is not the one of the URL.', errors);
    return Object.fromEntries(merged);
  };
}

/** As {@link keyedBody} for OCPI objects, where null means absent (OCPI TY-009). */
export function keyedOcpiBody(keys: Record<string, string>) {
  const withKey = keyedBody(keys);
  return (body: unknown, params: Record<string, unknown>): unknown => withKey(withoutNulls(body), params);
}

/** OCPI object without a key in the URL: null means absent (OCPI TY-009). */
export function ocpiBody(body: unknown): unknown {
  return withoutNulls(body);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
