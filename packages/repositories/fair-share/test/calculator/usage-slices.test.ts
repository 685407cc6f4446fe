import { describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { usageSlices } from '../../src/index.js';

const at = (time: string): Date => new Date(`2026-01-10T${time}Z`);

function slices(start: string, end: string | null, observed: string, until: string | null = null): readonly string[] {
  const run = {
    occupiedSlots: resourceSlot({ cpu: '0.5' }),
    startedAt: at(start),
    terminatedAt: end === null ? null : at(end),
  };
  return [...usageSlices(run, at(observed), until === null ? null : at(until))].map(
    ({ periodStart, periodEnd, resourceUsage }) =>
      [periodStart.toISOString().slice(11, 19), periodEnd.toISOString().slice(11, 19), resourceUsage['cpu']].join(' '),
  );
}

describe('usageSlices', () => {
  it('begins with the kernel, and goes on by the clock', () => {
    expect(slices('10:03:00', null, '10:15:00')).toEqual([
      '10:03:00 10:05:00 60',
      '10:05:00 10:10:00 150',
      '10:10:00 10:15:00 150',
    ]);
  });

  it('gives whole slices of a kernel that runs, and none before the first is over', () => {
    expect(slices('10:03:00', null, '10:09:59')).toEqual(['10:03:00 10:05:00 60']);
    expect(slices('10:03:00', null, '10:04:59')).toEqual([]);
  });

  it('ends with a kernel that has ended, also within one slice', () => {
    expect(slices('10:03:00', '10:07:00', '10:20:00')).toEqual(['10:03:00 10:05:00 60', '10:05:00 10:07:00 60']);
    expect(slices('10:03:00', '10:03:01', '10:20:00')).toEqual(['10:03:00 10:03:01 0.5']);
    expect(slices('10:03:00', '10:03:00', '10:20:00')).toEqual([]);
  });

  it('takes a kernel that ends later for one that runs', () => {
    expect(slices('10:03:00', '10:30:00', '10:07:00')).toEqual(['10:03:00 10:05:00 60']);
  });

  it('goes on where it was observed before', () => {
    expect(slices('10:00:00', null, '10:15:00', '10:10:00')).toEqual(['10:10:00 10:15:00 150']);
    expect(slices('10:00:00', '10:12:00', '10:15:00', '10:12:00')).toEqual([]);
  });

  it('keeps milliseconds and large amounts exact', () => {
    const run = {
      occupiedSlots: resourceSlot({ mem: '1234567890123456789012345678901234567890' }),
      startedAt: new Date('2026-01-10T00:00:00.001Z'),
      terminatedAt: new Date('2026-01-10T00:00:00.004Z'),
    };
    expect([...usageSlices(run, at('00:10:00'))][0]!.resourceUsage).toEqual({
      mem: '3703703670370370367037037036703703703.67',
    });
  });
});
