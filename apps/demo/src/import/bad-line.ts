/** A line of a file that cannot be taken over. */
export interface BadLine {
  readonly file: string;
  /** Counted from 1, the header included, as editors count. */
  readonly line: number;
  readonly reason: string;
}
