import type { Call } from '../call.js';

/** Where the outcome of a call goes: one of the two is called, once. */
export interface Answer {
  give(value: unknown): void;
  fail(error: unknown): void;
}

/** The rest of a stack, the policies further in and at last the work itself: it answers the call, and never throws. */
export type Way = (call: Call, answer: Answer) => void;
