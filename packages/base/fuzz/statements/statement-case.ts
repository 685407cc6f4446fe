import fc from 'fast-check';
import { arbitraryDisturbance, type Disturbance } from './disturbance.js';
import type { FuzzedTable } from './fuzzed-table.js';
import type { Operation } from './operation.js';
import { batchUpdate } from './operations/batch-update.js';
import { bulkCreate } from './operations/bulk-create.js';
import { create } from './operations/create.js';
import { read } from './operations/read.js';
import { removal } from './operations/removal.js';
import { search } from './operations/search.js';
import { unreadable } from './operations/unreadable.js';
import { update } from './operations/update.js';
import { type Form, forms } from './running.js';
import type { Way } from './way.js';

/** Every operation. */
export const operations: readonly Operation[] = [
  read,
  create,
  bulkCreate,
  update,
  search,
  batchUpdate,
  removal,
  unreadable,
] as readonly unknown[] as readonly Operation[];

/** One operation on one table, in one way. */
export interface StatementCase {
  readonly operation: string;
  readonly input: unknown;
  readonly way: string;
  readonly form: Form;
  /** Between two executions of the operation; null: it is executed once. */
  readonly disturbance: Disturbance | null;
}

/** Cases of a table; of some of the operations that it can have, of all by default. */
export function arbitraryCase(
  table: FuzzedTable,
  ways: readonly Way[],
  among: readonly Operation[] = operations,
): fc.Arbitrary<StatementCase> {
  const inputs = among.flatMap((operation) => {
    const { name, share } = operation;
    const input = operation.arbitrary(table);
    return input === null ? [] : [{ weight: share, arbitrary: fc.tuple(fc.constant(name), input) }];
  });
  const around = fc.record({
    way: fc.oneof(...ways.map(({ name, share }) => ({ weight: share, arbitrary: fc.constant(name) }))),
    form: fc.constantFrom(...forms),
    disturbance: arbitraryDisturbance(table),
  });
  return fc.tuple(fc.oneof(...inputs), around).map(([[operation, input], rest]) => ({ operation, input, ...rest }));
}
