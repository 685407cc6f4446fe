import { type Clock, systemClock } from '@holdfast/operation';
import { checkArgument, isAmount } from '../check-argument.js';
import type { CircuitBreakerArgs, FailureShare, FailuresInARow } from './circuit-breaker-args.js';
import { isAnswer } from './is-answer.js';
import { isOutage } from './is-outage.js';
import type { OutcomeWindowSettings } from './outcome-window.js';

/** CircuitBreakerArgs with every default filled in and every value checked. */
export interface CircuitBreakerSettings extends Readonly<Required<Omit<CircuitBreakerArgs, 'opensAfter'>>> {
  readonly window: OutcomeWindowSettings;
}

export function circuitBreakerSettings(args: CircuitBreakerArgs): CircuitBreakerSettings {
  const clock = args.clock ?? systemClock;
  const settings: CircuitBreakerSettings = {
    label: args.label ?? 'circuit-breaker',
    window: windowSettings(args.opensAfter ?? { consecutiveFailures: 5 }, clock),
    openMs: args.openMs ?? 10_000,
    halfOpenTrials: args.halfOpenTrials ?? 1,
    successesToClose: args.successesToClose ?? 1,
    trialLimitMs: args.trialLimitMs ?? 30_000,
    countsAsFailure: args.countsAsFailure ?? isOutage,
    countsAsAnswer: args.countsAsAnswer ?? isAnswer,
    clock,
  };
  check(typeof settings.label === 'string', 'label', 'a string', settings.label);
  checkTime('openMs', settings.openMs);
  checkCount('halfOpenTrials', settings.halfOpenTrials);
  checkCount('successesToClose', settings.successesToClose);
  checkTime('trialLimitMs', settings.trialLimitMs);
  for (const name of ['countsAsFailure', 'countsAsAnswer'] as const)
    check(typeof settings[name] === 'function', name, 'a function of the error', settings[name]);
  return Object.freeze(settings);
}

function windowSettings(opensAfter: FailuresInARow | FailureShare, clock: Clock): OutcomeWindowSettings {
  const { windowMs, ...rest } = 'failureShare' in opensAfter ? ofShare(opensAfter) : ofRow(opensAfter);
  if (windowMs !== null) checkTime('opensAfter.windowMs', windowMs);
  return { ...rest, windowMs, clock };
}

/** So many failures in a row are the same as nothing but failures among the last so many calls. */
function ofRow({ consecutiveFailures, windowMs = null }: FailuresInARow): Omit<OutcomeWindowSettings, 'clock'> {
  checkCount('opensAfter.consecutiveFailures', consecutiveFailures);
  return { size: consecutiveFailures, minimum: consecutiveFailures, share: 1, windowMs };
}

function ofShare(args: FailureShare): Omit<OutcomeWindowSettings, 'clock'> {
  const { failureShare: share, ofCalls: size = 100, minimumCalls: minimum = Math.min(20, size) } = args;
  check(isAmount(share) && share > 0 && share <= 1, 'opensAfter.failureShare', 'a number above 0 and at most 1', share);
  checkCount('opensAfter.ofCalls', size);
  checkCount('opensAfter.minimumCalls', minimum);
  check(minimum <= size, 'opensAfter.minimumCalls', `at most ofCalls, ${size}`, minimum);
  return { size, minimum, share, windowMs: args.windowMs === undefined ? 60_000 : args.windowMs };
}

function checkCount(name: string, value: unknown): void {
  check(Number.isInteger(value) && (value as number) >= 1, name, 'an integer from 1', value);
}

function checkTime(name: string, value: unknown): void {
  check(isAmount(value) && value > 0, name, 'a number of milliseconds above 0', value);
}

function check(right: boolean, name: string, expected: string, value: unknown): void {
  checkArgument('CircuitBreakerPolicy', right, name, expected, value);
}
