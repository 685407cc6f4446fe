/** How 16 callers reach the server. */
export const WAYS = ['own', 'shared-4', 'shared-1'] as const;

export type Way = (typeof WAYS)[number];

/** `slow` has one of the callers read what takes the server some tens of milliseconds, again and again. */
export interface SharingQuestion {
  readonly ms: number;
  readonly slow: boolean;
}

/** Of the callers that read one row each. */
export interface SharingAnswer {
  readonly reads: number;
  readonly wallMs: number;
  /** CPU time of the process, user and system. */
  readonly cpuMicros: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}
