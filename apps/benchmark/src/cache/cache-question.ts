/** What is asked of the process of one contender. */
export type CacheQuestion =
  | { readonly ask: 'read' }
  | { readonly ask: 'promises'; readonly row: number }
  | { readonly ask: 'slice'; readonly callers: number; readonly ms: number };

export interface CacheAnswer {
  /** Of `read`: all rows, as a comparable text. */
  readonly text: string;
  readonly promises: CachePromises | null;
  readonly gets: number;
  readonly cpuMicros: number;
  /** How many reads of the database there were. */
  readonly loads: number;
}

/** What a caller may rely on, as it was seen. */
export interface CachePromises {
  /** What becomes of what a caller writes into a value: nothing can be written, others do not see it, or they do. */
  readonly values: 'frozen' | 'copies' | 'shared';
  /** Whether what was read before a write is still there after it, where both were under way at once. */
  readonly keepsStale: boolean;
  /** Reads of the database that 16 callers make who ask for one row at once. */
  readonly readsOf16: number;
}
