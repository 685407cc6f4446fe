/** Where the rows of one statement arrive. */
export interface RowSink {
  readonly rows: object[];
  /** For pages: the text form of each row's order keys. */
  readonly positions: (readonly (string | null)[])[];
  /** The numbers that come before the columns of a page. */
  leads: readonly number[];
  /** Rows that the statement says it touched. */
  affected: number;
  /** What the server says it did, e.g. `COMMIT`; only kept for statements that return nothing. */
  command: string | null;
}

const none: readonly number[] = [];

export function rowSink(): RowSink {
  return { rows: [], positions: [], leads: none, affected: 0, command: null };
}

/** Forgets what has arrived, where a statement is sent again. */
export function emptySink(sink: RowSink): void {
  sink.rows.length = 0;
  sink.positions.length = 0;
  sink.leads = none;
}
