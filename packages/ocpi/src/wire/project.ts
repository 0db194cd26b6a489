import type { Json } from '@roambridge/domain';

/** A JSON object as it crosses the wire. */
export type WireObject = { [member: string]: Json };

/** How one member leaves the gateway: a conversion (undefined = it does not leave), or the shape of an object. */
export type Field = ((value: unknown) => Json | undefined) | Shape;

/** Allow-list of an object: what is not named here never leaves. */
export interface Shape {
  [member: string]: Field;
}

/** A shape that must say something about every member of a domain type. */
export type ShapeOf<T> = { [Member in keyof Required<T>]: Field };

/** A member that never leaves the gateway. */
export function hidden(): undefined {
  return undefined;
}

/**
 * An object whose member has a value of an enumeration that is closed in this version. With another value it does not
 * leave at all: without the member it would be invalid, or say something else (OCPI MP-15).
 */
export function withKnown(member: string, values: readonly string[], shape: Shape): Field {
  return (value) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const found: unknown = new Map<string, unknown>(Object.entries(value)).get(member);
    const isKnown = found === undefined || (typeof found === 'string' && values.includes(found));
    return isKnown ? project(value, shape) : undefined;
  };
}

/**
 * Copies the members that the shape names, in its order. Lists are converted item by item and lose the items that
 * convert to nothing; null and absent are the same (OCPI TY-09).
 */
export function project(source: object, shape: Shape): WireObject {
  const members: Record<string, unknown> = { ...source };
  const wire: WireObject = {};
  for (const [name, field] of toldOf(shape)) {
    const value = convert(members[name], field);
    if (value !== undefined) {
      wire[name] = value;
    }
  }
  return wire;
}

const known = new WeakMap<Shape, readonly (readonly [name: string, field: Field])[]>();

/** The members of a shape that may leave; shapes are few and never change. */
function toldOf(shape: Shape): readonly (readonly [name: string, field: Field])[] {
  const found = known.get(shape);
  if (found) return found;
  const told = Object.entries(shape).filter(([, field]) => field !== hidden);
  known.set(shape, told);
  return told;
}

function convert(value: unknown, field: Field): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => convertOne(item, field)).filter((item) => item !== undefined);
  }
  return convertOne(value, field);
}

/** One value as its field says; undefined = it does not leave. */
export function convertOne(value: unknown, field: Field): Json | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof field === 'function') {
    return field(value);
  }
  return typeof value === 'object' ? project(value, field) : undefined;
}
