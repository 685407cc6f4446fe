/** What tells one logical write from all others, and what it stores. */
export interface Tag {
  readonly worker: number;
  /** From 0 on, in the order in which its worker makes them. */
  readonly seq: number;
  readonly value: string;
}

/** One logical write of the ledger, however often it is sent. */
export type Write = Tag &
  (
    | { readonly kind: 'create' }
    /** A posting for each of the counters, which goes up by one: several statements, of which others wait for the rows. */
    | { readonly kind: 'post'; readonly counters: readonly number[] }
    /** Of a register that only this worker writes. */
    | { readonly kind: 'update' | 'upsert'; readonly slot: number }
    /** Of a voucher that is there for this write alone. */
    | { readonly kind: 'purge' }
  );

export type WriteKind = Write['kind'];
