/** What a connection tells the statement that runs on it. */
export interface CurrentRun {
  parsed(): void;
  row(bytes: Buffer, at: number, end: number): void;
  completed(bytes: Buffer, at: number, end: number): void;
  /** The connection is ready for the next statement. */
  settle(): void;
  /** The connection is gone. */
  abandon(): void;
}
