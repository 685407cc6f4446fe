/** A value that a column can hold (for an array: one of its elements), known in two ways. */
export interface Sample {
  /** As PostgreSQL reads it from a text; not by our encoders. */
  readonly text: string;
  /** As a program gives it to us and to TypeORM; absent where only SQL can write it. */
  readonly given?: unknown;
}
