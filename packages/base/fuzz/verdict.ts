/** What became of a case: refused or answered, and what was wrong with that. */
export interface Verdict {
  readonly answered: boolean;
  readonly fault: string | null;
}
