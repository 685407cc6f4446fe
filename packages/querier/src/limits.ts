/** What a single query may ask for at most. */
export interface QueryLimits {
  /** Rows of one page. Default 1,000. */
  readonly maxPageSize: number;
  /** Nested groups of a condition. Default 8. */
  readonly maxDepth: number;
  /** Operators and groups of a condition in all. Default 256. */
  readonly maxNodes: number;
  /** Elements of one list. Default 10,000. */
  readonly maxListLength: number;
  /** Characters of one text. Default 10,000. */
  readonly maxTextLength: number;
}

export const defaultLimits: QueryLimits = Object.freeze({
  maxPageSize: 1_000,
  maxDepth: 8,
  maxNodes: 256,
  maxListLength: 10_000,
  maxTextLength: 10_000,
});
