/**
 * `heard`: it told something of itself within the time that it may be silent. `silent`: it did before, and has not since,
 * though it would have been heard all that time. `unknown`: everything else; nothing may be concluded from it.
 */
export type LivenessState = 'heard' | 'silent' | 'unknown';

/** What is known of one that tells of itself. */
export interface Liveness<Count extends string> {
  readonly id: string;
  readonly state: LivenessState;
  /** How long ago it was heard of last, in milliseconds. Null where nobody remembers. */
  readonly heardMsAgo: number | null;
  /** What it told last, and what was changed since. Null for what it never told, or nobody remembers. */
  readonly counts: Readonly<Record<Count, number | null>>;
}

/** What is known of some. */
export interface LivenessAnswer<Count extends string> {
  /**
   * For how long, in milliseconds, the server has been there without a gap. Nobody is known to be silent before it is
   * `silentAfterMs`. Who is unknown long after has not been heard of since the server lost its memory, or never was.
   */
  readonly hearingForMs: number;
  readonly items: readonly Liveness<Count>[];
}

/** What one tells of itself. */
export interface LivenessReport<Count extends string> {
  readonly id: string;
  /** Whole numbers; those that are left out stay as they are. */
  readonly counts?: Readonly<Partial<Record<Count, number>>>;
}
