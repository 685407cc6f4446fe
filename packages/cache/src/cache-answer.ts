/** The right to store a value, given to all who find none, until it is used or ended. */
export interface CacheLease {
  /** Who has the same one has seen the same state: nothing was invalidated in between. */
  readonly token: string;
}

/** What a source says of a key. A value of null says that it is known not to be there. */
export type CacheAnswer<Value> =
  | { readonly kind: 'hit'; readonly value: Value | null }
  /** It is older than it should be, and no write is known that changed it. */
  | { readonly kind: 'stale'; readonly value: Value; readonly lease: CacheLease | null }
  /** Without a lease what is read now must not be stored. */
  | { readonly kind: 'miss'; readonly lease: CacheLease | null }
  /** There is no cache: nothing is stored, and reads are not shared. */
  | { readonly kind: 'bypass' };

export const bypass = Object.freeze({ kind: 'bypass' }) satisfies CacheAnswer<never>;

/** Nothing, and nothing may be stored. */
export const missWithoutLease = Object.freeze({ kind: 'miss', lease: null }) satisfies CacheAnswer<never>;
