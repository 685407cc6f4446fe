import { systemClock } from '@holdfast/operation';
import { checkArgument, isAmount } from '../check-argument.js';
import { BackoffStrategy } from './backoff-strategy.js';
import type { RetryArgs, RetryBudgetArgs } from './retry-args.js';

/** RetryArgs with every default filled in and every value checked. */
export type RetrySettings = Readonly<Required<Omit<RetryArgs, 'budget'>>> & {
  readonly budget: Readonly<Required<RetryBudgetArgs>> | null;
};

export function retrySettings(args: RetryArgs): RetrySettings {
  const settings: RetrySettings = {
    maxRetries: args.maxRetries ?? 3,
    retryDelayMs: args.retryDelayMs ?? 100,
    backoffStrategy: args.backoffStrategy ?? BackoffStrategy.FIXED,
    maxDelayMs: args.maxDelayMs ?? 10_000,
    jitter: args.jitter ?? 'full',
    nonRetryableExceptions: [...(args.nonRetryableExceptions ?? [])],
    deadlineMs: args.deadlineMs ?? null,
    budget: args.budget
      ? { ratio: args.budget.ratio ?? 0.2, minRetriesPerSecond: args.budget.minRetriesPerSecond ?? 10 }
      : null,
    clock: args.clock ?? systemClock,
    random: args.random ?? Math.random,
  };
  const { maxRetries, retryDelayMs, maxDelayMs, deadlineMs, budget } = settings;
  check(
    Number.isInteger(maxRetries) && maxRetries >= 1,
    'maxRetries',
    'an integer from 1: it counts all attempts',
    maxRetries,
  );
  check(isAmount(retryDelayMs), 'retryDelayMs', 'a number of milliseconds from 0', retryDelayMs);
  check(isAmount(maxDelayMs), 'maxDelayMs', 'a number of milliseconds from 0', maxDelayMs);
  check(
    deadlineMs === null || (isAmount(deadlineMs) && deadlineMs > 0),
    'deadlineMs',
    'a number of milliseconds above 0, or null',
    deadlineMs,
  );
  check(
    Object.values(BackoffStrategy).includes(settings.backoffStrategy),
    'backoffStrategy',
    'FIXED or EXPONENTIAL',
    settings.backoffStrategy,
  );
  check(settings.jitter === 'none' || settings.jitter === 'full', 'jitter', "'none' or 'full'", settings.jitter);
  check(
    settings.nonRetryableExceptions.every((type) => typeof type === 'function'),
    'nonRetryableExceptions',
    'a list of error classes',
    args.nonRetryableExceptions,
  );
  if (budget !== null) {
    check(isAmount(budget.ratio) && budget.ratio <= 1, 'budget.ratio', 'a number from 0 to 1', budget.ratio);
    check(
      isAmount(budget.minRetriesPerSecond),
      'budget.minRetriesPerSecond',
      'a number from 0',
      budget.minRetriesPerSecond,
    );
  }
  return Object.freeze(settings);
}

function check(right: boolean, name: string, expected: string, value: unknown): void {
  checkArgument('RetryPolicy', right, name, expected, value);
}
