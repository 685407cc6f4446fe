import { Misuse } from '@holdfast/errors';
import { faultKinds, type FaultKind } from './fault-kind.js';
import type { FaultPlan, FaultStorm } from './fault-plan.js';
import type { FaultTrigger } from './fault-trigger.js';

type Delays = Pick<FaultPlan, 'delayMs' | 'answerDelayMs'>;

const triggers: readonly unknown[] = ['commit', 'sync', 'anySync', 'connect'];

/** Throws Misuse for what could never land. */
export function checkFaultPlan({ fault, at, ...delays }: FaultPlan): void {
  checkKind(fault);
  checkTrigger(at);
  checkDelays(fault === 'delay', delays);
  if (fault !== 'delay' && Object.keys(delays).length > 0) throw new Misuse(`The fault ${fault} delays nothing.`);
}

/** Throws Misuse for what could never land. */
export function checkFaultStorm({ share, faults, at, ...delays }: FaultStorm): void {
  if (!(share >= 0 && share <= 1)) throw new Misuse('The share of a storm must be a number from 0 to 1.');
  if (faults.length === 0 || at.length === 0) throw new Misuse('A storm needs faults, and messages to land at.');
  faults.forEach(checkKind);
  at.forEach(checkTrigger);
  checkDelays(faults.includes('delay'), delays);
}

function checkKind(kind: FaultKind): void {
  if (!faultKinds.includes(kind)) throw new Misuse(`There is no fault ${kind}.`);
}

function checkTrigger(at: FaultTrigger): void {
  if (triggers.includes(at) || (typeof at === 'object' && at.sql instanceof RegExp)) return;
  throw new Misuse(`A fault lands at ${triggers.join(', ')} or { sql }.`);
}

function checkDelays(isDelay: boolean, { delayMs = 0, answerDelayMs = 0 }: Delays): void {
  if (!(delayMs >= 0 && answerDelayMs >= 0)) throw new Misuse('A delay must be a number of milliseconds, at least 0.');
  if (isDelay && delayMs + answerDelayMs === 0) throw new Misuse('A delay needs delayMs or answerDelayMs.');
}
