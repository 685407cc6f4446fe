import type { Json } from '../../src/index.js';
import { jsonEqual, jsonType } from './json-values.js';

type Step = string | number;
type Operand = Json | readonly Json[];

/** The value there, or undefined where there is none (PostgreSQL 9.16, `#>`). */
function valueAt(document: Json, path: readonly Step[]): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path) value = value === undefined ? undefined : member(value, step);
  return value;
}

/** A step is text to PostgreSQL: of an array it is a position, from the end if negative, of an object a key. */
function member(value: Json, step: Step): Json | undefined {
  const name = String(step);
  if (Array.isArray(value)) return /^-?\d+$/.test(name) ? (value as readonly Json[]).at(Number(name)) : undefined;
  const isThere = jsonType(value) === 'object' && Object.hasOwn(value as object, name);
  return isThere ? (value as Readonly<Record<string, Json>>)[name] : undefined;
}

/** Negative, zero or positive for two numbers or two texts, else undefined: nothing else is compared. */
function compared(a: Json, b: Operand): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return undefined;
}

const operators: Readonly<Record<string, (value: Json | undefined, operand: Operand) => boolean>> = {
  eq: (value, operand) => value !== undefined && jsonEqual(value, operand as Json),
  ne: (value, operand) => value === undefined || !jsonEqual(value, operand as Json),
  in: (value, operand) => value !== undefined && (operand as Json[]).some((one) => jsonEqual(value, one)),
  notIn: (value, operand) => value === undefined || !(operand as Json[]).some((one) => jsonEqual(value, one)),
  lt: (value, operand) => value !== undefined && (compared(value, operand) ?? 1) < 0,
  lte: (value, operand) => value !== undefined && (compared(value, operand) ?? 1) <= 0,
  gt: (value, operand) => value !== undefined && (compared(value, operand) ?? -1) > 0,
  gte: (value, operand) => value !== undefined && (compared(value, operand) ?? -1) >= 0,
  exists: (value, operand) => (value !== undefined) === operand,
};

/** Whether the value at a path meets all operators beside it; `undefined` for NULL, which has nothing at any path. */
export function atPath(document: Json | undefined, operand: unknown): boolean {
  const { path, ...beside } = operand as { path: readonly Step[] } & Record<string, Operand>;
  const value = document === undefined ? undefined : valueAt(document, path);
  return Object.entries(beside).every(([name, wanted]) => operators[name]!(value, wanted));
}
