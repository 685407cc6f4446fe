import { Misuse } from '@holdfast/errors';
import type { ReadSpec } from '../specs/spec.js';

/** How a stream is read, and where it ends. */
export interface StreamOptions {
  /** Rows that are in memory at a time, 1 to 10,000. Default 1,000. */
  readonly partitionSize?: number;
  /** Rows that are handed out at most, at least 1. Default: all there are. */
  readonly maxRows?: number;
  /**
   * What becomes of rows beyond `maxRows`. Default false: after the last row that is allowed the stream throws InvalidInput
   * `LIMIT_EXCEEDED`. True: it ends, and its `isTruncated` says that there were more.
   */
  readonly truncate?: boolean;
}

/** Rows that are read in partitions through a cursor of the database, described and not yet begun: a frozen value. */
export interface StreamSpec<Data> {
  readonly kind: 'stream';
  /** What it does, for events. */
  readonly name: string;
  /** What the cursor is of; its end is asked for the data of each partition. */
  readonly rows: ReadSpec<readonly Data[]>;
  readonly partitionSize: number;
  /** Null where all rows are handed out. */
  readonly maxRows: number | null;
  readonly truncate: boolean;
}

const LARGEST_PARTITION = 10_000;

/** A stream of what a spec reads, e.g. one of your own. Throws Misuse for sizes that make no sense. */
export function streamSpec<Data>(
  rows: ReadSpec<readonly Data[]>,
  { partitionSize = 1_000, maxRows, truncate = false }: StreamOptions = {},
): StreamSpec<Data> {
  check('partitionSize', partitionSize, LARGEST_PARTITION);
  if (maxRows !== undefined) check('maxRows', maxRows, Number.MAX_SAFE_INTEGER - 1);
  return Object.freeze({ kind: 'stream', name: rows.name, rows, partitionSize, maxRows: maxRows ?? null, truncate });
}

function check(name: string, size: number, most: number): void {
  if (Number.isSafeInteger(size) && size >= 1 && size <= most) return;
  throw new Misuse(`${name} must be a whole number, from 1 to ${most}.`);
}
