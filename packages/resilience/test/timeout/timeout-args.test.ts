import { describe, expect, it } from '@jest/globals';
import { type TimeoutArgs, TimeoutPolicy } from '@holdfast/resilience';

describe('the arguments of a TimeoutPolicy', () => {
  it.each<[string, TimeoutArgs]>([
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: NaN }],
    ['timeoutMs', { timeoutMs: Infinity }],
    ['mode', { timeoutMs: 1, mode: 'aggressive' as 'abandon' }],
    ['graceMs', { timeoutMs: 1, graceMs: -1 }],
    ['graceMs', { timeoutMs: 1, mode: 'abandon', graceMs: 10 }],
    ['outcome', { timeoutMs: 1, outcome: 'committed' as 'unknown' }],
  ])('are refused where %s makes no sense: %j', (name, args) => {
    expect(() => new TimeoutPolicy(args)).toThrow(`TimeoutPolicy: ${name} must be`);
  });
});
