import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type RetryArgs, RetryPolicy } from '@holdfast/resilience';

describe('the arguments of RetryPolicy', () => {
  it.each<[string, RetryArgs | Record<string, unknown>]>([
    ['maxRetries must be an integer from 1: it counts all attempts, not 0.', { maxRetries: 0 }],
    ['maxRetries must be an integer from 1: it counts all attempts, not 1.5.', { maxRetries: 1.5 }],
    ['maxRetries must be an integer from 1: it counts all attempts, not Infinity.', { maxRetries: Infinity }],
    ['retryDelayMs must be a number of milliseconds from 0, not -1.', { retryDelayMs: -1 }],
    ['retryDelayMs must be a number of milliseconds from 0, not NaN.', { retryDelayMs: Number.NaN }],
    ['retryDelayMs must be a number of milliseconds from 0, not 100.', { retryDelayMs: '100' }],
    ['maxDelayMs must be a number of milliseconds from 0, not Infinity.', { maxDelayMs: Infinity }],
    ['deadlineMs must be a number of milliseconds above 0, or null, not 0.', { deadlineMs: 0 }],
    ['backoffStrategy must be FIXED or EXPONENTIAL, not linear.', { backoffStrategy: 'linear' }],
    ["jitter must be 'none' or 'full', not half.", { jitter: 'half' }],
    ['nonRetryableExceptions must be a list of error classes, not NotFound.', { nonRetryableExceptions: ['NotFound'] }],
    ['budget.ratio must be a number from 0 to 1, not 20.', { budget: { ratio: 20 } }],
    ['budget.minRetriesPerSecond must be a number from 0, not -1.', { budget: { minRetriesPerSecond: -1 } }],
  ])('are refused: %s', (message, args) => {
    expect(() => new RetryPolicy(args as RetryArgs)).toThrow(new Misuse(`RetryPolicy: ${message}`));
  });

  it('may all be left out', () => {
    expect(() => new RetryPolicy()).not.toThrow();
  });
});
