import { MOST_AT_ONCE } from './bulk/chunks.js';
import type { SoftDeletingOperations } from './entity-operations.js';

/** What the number of statements of an operation depends on. */
export interface Workload {
  /** Rows that are given, asked for or matched. */
  readonly rows: number;
  /** Of a partial operation: how many of them cannot be done. Default 0. */
  readonly failures?: number;
  /** Of a purge in batches, and of the partitions of a stream. */
  readonly batchSize?: number;
  /** Whether a purge has conflict checks. Default false. */
  readonly conflictChecks?: boolean;
}

const one = (): number => 1;

const inPieces = ({ rows }: Workload): number => Math.ceil(rows / MOST_AT_ONCE);

/** DECLARE, one FETCH for each partition and one that finds the end, CLOSE. */
const streamed = ({ rows, batchSize = 1_000 }: Workload): number => 3 + Math.ceil(rows / batchSize);

/** Rows are locked before conflict checks are asked. */
const checking = ({ conflictChecks = false }: Workload): number => (conflictChecks ? 2 : 0);

/** Each failure is found by halving what it is among, down to itself. */
const partial = (workload: Workload): number => {
  const { rows, failures = 0 } = workload;
  const halvings = Math.ceil(Math.log2(Math.max(1, Math.min(rows, MOST_AT_ONCE))));
  return inPieces(workload) + 2 * failures * halvings;
};

/**
 * The most statements that an operation sends: what begins, ends, sets and checks transactions and savepoints is not
 * counted, nor the one that a scope's existence checks take, nor the one that asks whether rows may go by COPY. Rows that a bulk is given are counted as if they gave the
 * same columns and no id came twice: each set of columns takes a statement of its own (two with expected versions), and
 * so does an id that comes again, all in the same trip.
 */
export const statementCounts: Readonly<
  Record<keyof SoftDeletingOperations<object, unknown, unknown>, (workload: Workload) => number>
> = Object.freeze({
  get: one,
  find: one,
  loadMany: one,
  search: one,
  project: one,
  pagesPerParent: one,
  count: one,
  aggregate: one,
  stream: streamed,
  streamColumns: streamed,
  create: one,
  createNext: () => 2,
  bulkCreate: inPieces,
  bulkCreatePartial: partial,
  update: one,
  updateIf: one,
  bulkUpdate: inPieces,
  bulkUpdatePartial: partial,
  delete: one,
  restore: one,
  purge: (workload) => 1 + checking(workload),
  bulkPurgePartial: partial,
  upsert: one,
  bulkUpsert: (workload) => 1 + inPieces(workload),
  bulkUpsertPartial: partial,
  batchUpdate: one,
  batchDelete: one,
  batchPurge: (workload) => {
    const { rows, conflictChecks = false, batchSize = conflictChecks ? 1_000 : Infinity } = workload;
    const full = Math.floor(rows / batchSize);
    // Locked, checked and removed: and what is left, which may be nothing, is asked for at the end.
    return conflictChecks ? 3 * full + (rows % batchSize === 0 ? 1 : 3) : full + 1;
  },
});
