import { noop } from './noop.js';

/** The bare call, which all others are compared with. */
export const BARE = 'bare';
export const DEFAULT_STACK = 'default-stack+prometheus';
export const COMPARED = 'retry+breaker+timeout';
export const COCKATIEL = 'cockatiel retry+breaker+timeout';
const OPOSSUM = 'opossum';

/** All contenders, in the order of the report. */
export const OVERHEAD_CONTENDERS: readonly string[] = [
  DEFAULT_STACK,
  COMPARED,
  COCKATIEL,
  OPOSSUM,
  'metrics',
  'metrics+prometheus',
  'retry',
  'retry with budget and deadline',
  'circuit-breaker',
  'bulkhead',
  'timeout',
  'fallback',
  'tracing',
  'none',
];

/** What a contender calls. Nothing of the others is even loaded, so that the bare call is that of a process without any of it. */
export async function callOf(contender: string): Promise<() => Promise<void>> {
  if (contender === BARE) return noop;
  if (contender === COCKATIEL) return (await import('./cockatiel-stack.js')).cockatielStack();
  if (contender === OPOSSUM) return (await import('./opossum-breaker.js')).opossumBreaker();
  const { holdfastStacks } = await import('./holdfast-stacks.js');
  return holdfastStacks[contender]!();
}
