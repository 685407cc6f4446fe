/** What one column of one row holds. */
export interface Cell {
  /** As PostgreSQL reads it from a text; null is NULL. */
  readonly text: string | null;
  /** As a program gives it; absent where only SQL can write it. */
  readonly given?: unknown;
}

/** Cells of a row, by property. */
export type Cells = Readonly<Record<string, Cell>>;
