import { describe, expect, it } from '@jest/globals';
import { type BulkheadArgs, BulkheadPolicy } from '@holdfast/resilience';

describe('the arguments of a BulkheadPolicy', () => {
  it.each<[string, BulkheadArgs]>([
    ['maxConcurrent', { maxConcurrent: 0 }],
    ['maxConcurrent', { maxConcurrent: 1.5 }],
    ['maxConcurrent', { maxConcurrent: Infinity }],
    ['maxQueued', { maxConcurrent: 1, maxQueued: -1 }],
    ['maxQueued', { maxConcurrent: 1, maxQueued: NaN }],
    ['maxWaitMs', { maxConcurrent: 1, maxWaitMs: 0 }],
    ['maxWaitMs', { maxConcurrent: 1, maxWaitMs: Infinity }],
    ['label', { maxConcurrent: 1, label: '' }],
  ])('are refused where %s makes no sense: %j', (name, args) => {
    expect(() => new BulkheadPolicy(args)).toThrow(`BulkheadPolicy: ${name} must be`);
  });
});
