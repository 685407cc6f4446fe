import type { Json } from '../entity/row-kinds.js';

/** A condition in JSON: operators by field, and groups. Which fields and operators there are, the field set says. */
export interface SearchCondition {
  readonly [field: string]: Json | readonly SearchCondition[] | SearchCondition;
}

/** A search in JSON. At most one of `first`, `last` and `limit`. */
export interface SearchBody {
  readonly filter?: SearchCondition;
  /** `name`, `-name` for descending, `name:nullsFirst`, `-name:nullsLast`. */
  readonly order?: readonly string[];
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string | null;
  readonly limit?: number;
  /** Default 0. */
  readonly offset?: number;
  /** Default `none`; a number to count up to. */
  readonly total?: 'none' | 'exact' | number;
}
