import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { operatorDrives } from './drives/operator-drives.js';
import { exportedOperators } from './exported-operators.js';
import { leaksOf } from './leaks-of.js';
import { openSubjects, type Subjects, subjectNames } from './subjects.js';
import { canaryOf } from './tenant.js';
import { WaysOut } from './watch/ways-out.js';

/** Thousands of calls, on a machine that may be busy with others. */
const LIMIT_MS = 300_000;

describe('a tenant', () => {
  let all: Subjects;
  let out: WaysOut;

  beforeAll(async () => {
    all = await openSubjects();
    out = new WaysOut();
  });
  afterEach(async () => {
    // Whatever was done: nothing of it stands in logs, events, spans or labels.
    expect(await out.find(canaryOf.theirs)).toBeNull();
  });
  afterAll(async () => {
    out.stop();
    await all.close();
  });

  it('is tried against every repository that the workspace exports, and no other', () => {
    expect([...all.subjects.keys()].sort()).toEqual([...subjectNames].sort());
    expect(all.unknown).toEqual([]);
  });

  it('is tried with every operation that there is, and with none that there is not', () => {
    for (const { name, operations, drives } of all.subjects.values()) {
      expect([name, Object.keys(drives).sort()]).toEqual([name, [...operations].sort()]);
    }
  });

  it('is tried with every operator that there is, and with none that there is not', async () => {
    expect(Object.keys(operatorDrives).sort()).toEqual(await exportedOperators());
  });

  it.each(subjectNames)(
    'sees, counts and changes nothing of another by %s, and cannot tell that it is there',
    async (name) => {
      expect(await leaksOf(all.subjects.get(name)!)).toEqual([]);
    },
    LIMIT_MS,
  );
});
