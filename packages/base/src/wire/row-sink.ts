/** Where the rows of one statement arrive. */
export interface RowSink {
  readonly rows: object[];
  /** For pages: the text form of each row's order keys. */
  readonly positions: (readonly (string | null)[])[];
  /** The leading count of a page, or null. */
  count: number | null;
  /** Rows that the statement says it touched. */
  affected: number;
  /** What the server says it did, e.g. `COMMIT`; only kept for statements that return nothing. */
  command: string | null;
}

export function rowSink(): RowSink {
  return { rows: [], positions: [], count: null, affected: 0, command: null };
}
