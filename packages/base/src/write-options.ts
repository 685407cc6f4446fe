import type { CallOptions } from '@holdfast/operation';
import type { SeparateOption } from './separate-option.js';

/** What writes may be told. */
export interface WriteOptions extends CallOptions, SeparateOption {
  /** Who acts, for the columns that the entity's definition names as `actor`. Default: nobody; they are left alone. */
  readonly actor?: string;
}
