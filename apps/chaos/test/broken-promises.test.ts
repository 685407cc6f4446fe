import { describe, expect, it } from '@jest/globals';
import { brokenPromises } from '../src/broken-promises.js';
import { FAULTS } from '../src/faults/fault-name.js';
import { LEVELS } from '../src/levels/level-name.js';
import type { ChaosReport } from '../src/report.js';

/** A run in which nothing is wrong and every fault came. */
const clean: ChaosReport = {
  writes: 20_000,
  acknowledged: 19_900,
  failed: 100,
  ambiguous: 0,
  duplicates: 0,
  lost: 0,
  failedButCommitted: 0,
  unexplained: 0,
  resolved: 1_000,
  resolveP50Millis: 10,
  resolveP99Millis: 100,
  landedFaults: Object.fromEntries(FAULTS.map((fault) => [fault, 200])),
  seed: 1,
  level: 'L1',
  faults: FAULTS.join(','),
  seconds: 100,
};

const broken = (report: Partial<ChaosReport>): readonly string[] => brokenPromises({ ...clean, ...report });

describe('brokenPromises', () => {
  it.each(['L1', 'L3'] as const)('is content with a run at %s in which nothing was found', (level) => {
    expect(broken({ level })).toEqual([]);
  });

  it.each(['duplicates', 'lost', 'failedButCommitted', 'unexplained'] as const)(
    'holds %s against L1 and L3',
    (kind) => {
      expect(broken({ level: 'L1', [kind]: 1 })).toHaveLength(1);
      expect(broken({ level: 'L3', [kind]: 1 })).toHaveLength(1);
    },
  );

  it('lets writes be ambiguous at L1, and not at L3', () => {
    expect(broken({ level: 'L1', ambiguous: 20 })).toEqual([]);
    expect(broken({ level: 'L3', ambiguous: 1 })).toEqual(['1 writes are ambiguous']);
  });

  it('holds it against the harness where naive retries double nothing, and giving up hides nothing', () => {
    expect(broken({ level: 'naive' })).toEqual(['the harness does not bite: no write is there twice']);
    expect(broken({ level: 'naive', duplicates: 1 })).toEqual([]);
    expect(broken({ level: 'give-up' })).toEqual(['the harness does not bite: nothing is there that failed']);
    expect(broken({ level: 'give-up', failedButCommitted: 1 })).toEqual([]);
  });

  it.each(LEVELS)('lets nobody lose what was acknowledged, at %s neither', (level) => {
    const bitten = { level, duplicates: level === 'naive' ? 1 : 0, failedButCommitted: level === 'give-up' ? 1 : 0 };

    expect(broken({ ...bitten, lost: 1 })).toEqual(['1 acknowledged writes are not there']);
  });

  it('holds it against the harness where faults that were asked for did not come', () => {
    const landedFaults = { ...clean.landedFaults, cutAfter: 199, killServer: 0, killBackend: 19 };

    expect(broken({ landedFaults })).toEqual([
      'the harness does not bite: too little of cutAfter, killServer',
      'the harness does not bite: only 19 kills',
    ]);
    expect(broken({ landedFaults, faults: 'holdAfter' })).toEqual([]);
  });

  it('is not content where hardly any write was acknowledged', () => {
    expect(broken({ acknowledged: 9_999 })).toEqual(['only 9999 writes were acknowledged']);
  });
});
