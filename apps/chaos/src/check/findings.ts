/** What is wrong between what callers were told and what is stored: one sentence each. */
export interface Findings {
  /** The effect of a write is there more than once. */
  readonly duplicates: readonly string[];
  /** What was acknowledged is not there. */
  readonly lost: readonly string[];
  /** What is there was said not to be. */
  readonly failedButCommitted: readonly string[];
  /** What is there was written by nobody, or in part. */
  readonly unexplained: readonly string[];
}

/** Findings, while they are looked for. */
export type FindingsMade = { readonly [Kind in keyof Findings]: string[] };

export const noFindings = (): FindingsMade => ({
  duplicates: [],
  lost: [],
  failedButCommitted: [],
  unexplained: [],
});
