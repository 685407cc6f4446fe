/**
 * How far an operation had come when it failed.
 * `not-sent`: it had no connection yet. `reading`: it was to write nothing. `open`: it was to write, and nothing can be
 * stored unless a COMMIT follows. `committing`: COMMIT, or a write that commits itself, was sent.
 */
export type Phase = 'not-sent' | 'reading' | 'open' | 'committing';
