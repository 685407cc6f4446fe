import type { JsonPathOperators } from '@holdfast/querier';
import { type Columns, type Condition, on } from './columns.js';

type OperatorDrive = (columns: Columns, secret: string) => readonly Condition[];

const onText =
  (name: string, operand: (secret: string) => unknown = (secret) => secret): OperatorDrive =>
  ({ text }, secret) =>
    on(text, { [name]: operand(secret) });

const ranged =
  (name: string, bound: number, textBound: string): OperatorDrive =>
  ({ number, text }) => [...on(number, { [name]: bound }), ...on(text, { [name]: textBound })];

const listed =
  (name: string, operand: (secret: string) => unknown): OperatorDrive =>
  ({ list }, secret) =>
    on(list, { [name]: operand(secret) });

const LOWEST = -1_000_000;
const HIGHEST = 1_000_000;

/** Each operator by name, aimed at rows that hold the secret. One that is missing here fails the test. */
export const operatorDrives: Readonly<Record<string, OperatorDrive>> = {
  eq: onText('eq'),
  ne: onText('ne', () => 'nobody'),
  lt: ranged('lt', HIGHEST, '~'),
  lte: ranged('lte', HIGHEST, '~'),
  gt: ranged('gt', LOWEST, ''),
  gte: ranged('gte', LOWEST, ''),
  in: onText('in', (secret) => [secret, 'nobody']),
  notIn: onText('notIn', () => ['nobody']),
  isNull: ({ nullable }) => on(nullable, { isNull: true }, { isNull: false }),
  contains: ({ text, json }, secret) => [
    ...on(text, { contains: 'canary' }, { contains: secret.slice(2) }),
    ...on(json, { contains: { [secret]: secret } }, { contains: {} }),
  ],
  startsWith: onText('startsWith', () => 'canary'),
  endsWith: onText('endsWith', (secret) => secret.slice(-4)),
  ieq: onText('ieq', (secret) => secret.toUpperCase()),
  icontains: onText('icontains', () => 'CANARY'),
  istartsWith: onText('istartsWith', () => 'CANARY'),
  iendsWith: onText('iendsWith', (secret) => secret.slice(-4).toUpperCase()),
  iin: onText('iin', (secret) => [secret.toUpperCase()]),
  has: listed('has', (secret) => secret),
  hasAny: listed('hasAny', (secret) => [secret, 'nothing']),
  hasAll: listed('hasAll', (secret) => [secret]),
  isEmpty: ({ list }) => on(list, { isEmpty: false }, { isEmpty: true }),
  hasKey: ({ json }, secret) => on(json, { hasKey: secret }),
  at: ({ json }, secret) =>
    on(json, ...Object.values(pathDrives).flatMap((drive) => drive(secret).map((one) => ({ at: one })))),
};

const path = (secret: string, operator: Condition): Condition => ({ path: [secret], ...operator });

/** Each operator on the value at a path of a document. One that is missing here does not compile. */
const pathDrives: Readonly<Record<Exclude<keyof JsonPathOperators, 'path'>, (secret: string) => readonly Condition[]>> =
  {
    eq: (secret) => [path(secret, { eq: secret })],
    ne: (secret) => [path(secret, { ne: 'nobody' })],
    in: (secret) => [path(secret, { in: [secret] })],
    notIn: (secret) => [path(secret, { notIn: ['nobody'] })],
    lt: (secret) => [path(secret, { lt: '~' })],
    lte: (secret) => [path(secret, { lte: secret })],
    gt: (secret) => [path(secret, { gt: '' })],
    gte: (secret) => [path(secret, { gte: secret })],
    exists: (secret) => [path(secret, { exists: true }), path(secret, { exists: false })],
  };
