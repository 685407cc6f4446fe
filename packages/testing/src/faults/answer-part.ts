import type { FaultPlan } from './fault-plan.js';
import type { Occasion } from './occasion.js';

const COMMAND_COMPLETE = 0x43;
const COPY_IN = 0x47;
const EMPTY_QUERY = 0x49;
const ERROR = 0x45;
const PORTAL_SUSPENDED = 0x73;
const READY_FOR_QUERY = 0x5a;
const ends: ReadonlySet<number> = new Set([COMMAND_COMPLETE, EMPTY_QUERY, ERROR, PORTAL_SUSPENDED]);

/**
 * What a message from the server, of this kind and behind this much of what was answered, is to the answer that a fault
 * waits for: none of it, part of it, or that with which it is complete.
 */
export function answerPart(
  { fault, at }: FaultPlan,
  { connects, ...occasion }: Occasion,
  kind: number,
  answered: { readonly batch: number; readonly statements: number },
): 'none' | 'part' | 'complete' {
  if (answered.batch !== occasion.batch) return 'none';
  // Also if an earlier statement failed, and this one was skipped.
  if (kind === READY_FOR_QUERY) return 'complete';
  if (answered.statements < occasion.after) return 'none';
  if (fault === 'delay' || (fault === 'dropToClient' && connects)) return 'complete';
  // Without these the client would not go on, and the answer never come.
  if (connects) return kind === ERROR ? 'complete' : 'none';
  if (kind === COPY_IN) return 'none';
  return at === 'commit' && ends.has(kind) ? 'complete' : 'part';
}
