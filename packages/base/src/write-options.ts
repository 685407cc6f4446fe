import type { CallOptions } from '@holdfast/operation';

/** What writes may be told. */
export interface WriteOptions extends CallOptions {
  /** Who acts, for the columns that the entity's definition names as `actor`. Default: nobody; they are left alone. */
  readonly actor?: string;
}
