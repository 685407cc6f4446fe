import { Misuse } from '@holdfast/errors';
import { microsecondsOf } from '../entity/timestamp.js';
import { OrderExpression } from '../order/order-expression.js';
import { isPlainObject } from '../plain-data/plain-object.js';

/** Deeper than conditions and documents may be. */
const DEEPEST = 256;

/**
 * Plain data as one text: the same for equal data, whatever the order of its names, and different for all others. Values
 * that JSON writes alike (a Date and its text, a bigint and its digits, bytes) stay apart. Throws Misuse for what is no
 * plain data.
 */
export function canonicalText(data: unknown, depth = 0): string {
  switch (typeof data) {
    case 'string':
    case 'boolean':
      return JSON.stringify(data);
    case 'number':
      return Object.is(data, -0) ? '-0' : String(data);
    case 'bigint':
      return `${data}n`;
    case 'object':
      if (depth === DEEPEST) throw new Misuse('This nests too deep.');
      return objectText(data, depth + 1);
    default:
      throw new Misuse(`A ${typeof data} is no plain data.`);
  }
}

function objectText(data: object | null, depth: number): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return `[${Array.from(data as unknown[], (one) => canonicalText(one, depth)).join(',')}]`;
  if (data instanceof Date) return timeText(data);
  if (data instanceof Uint8Array) return `x${Buffer.from(data).toString('hex')}`;
  if (OrderExpression.isExpression(data)) return `e${canonicalText([data.sql, data.type.sql, data.nullable])}`;
  if (!isPlainObject(data)) throw new Misuse('An instance of a class is no plain data.');
  const members = Object.keys(data)
    .sort()
    .filter((name) => data[name] !== undefined)
    .map((name) => `${JSON.stringify(name)}:${canonicalText(data[name], depth)}`);
  return `{${members.join(',')}}`;
}

function timeText(time: Date): string {
  const microseconds = microsecondsOf(time);
  return microseconds === 0 ? `@${time.getTime()}` : `@${time.getTime()}+${microseconds}`;
}
