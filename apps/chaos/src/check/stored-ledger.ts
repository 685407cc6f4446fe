import type { Tag } from '../writing/write.js';

/** What the database holds in the end. */
export interface StoredLedger {
  /** What creates left. */
  readonly entries: readonly Tag[];
  /** What posts left, one for each counter. */
  readonly postings: readonly (Tag & { readonly counter: number })[];
  readonly counters: readonly { readonly id: number; readonly total: number }[];
  /** What is left of updates and upserts: the last one. */
  readonly registers: readonly StoredRegister[];
  /** Every change of a register, in order, written by a trigger in the transaction of the change. */
  readonly changes: readonly StoredRegister[];
  /** Those that are not purged. */
  readonly vouchers: readonly Tag[];
}

export interface StoredRegister extends Tag {
  readonly slot: number;
}
