import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  STICKY_NOTE_STATUSES,
  type StickyNoteInfo,
  StickyNoteNotFound,
  type StickyNoteStatus,
  StickyNoteStatusConflict,
} from '../src/index.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/sticky-notes.js';

let test: StickyNoteDatabase;
beforeAll(async () => void (test = await stickyNoteDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sticky_notes'));

// A second way to know the answer: nothing becomes a draft again, and only what is active can be archived.
const isLegal = (from: StickyNoteStatus, to: StickyNoteStatus): boolean =>
  to === 'ARCHIVED' ? from === 'ACTIVE' : to === 'ACTIVE' && from !== 'ACTIVE';

describe('updateStatus', () => {
  let created: StickyNoteInfo;
  beforeEach(async () => void (created = await test.repository.create(inBlue, spec(blue))));

  it('moves it and keeps the time', async () => {
    const active = await test.repository.updateStatus(inBlue, created.id, 'ACTIVE');

    expect(active).toMatchObject({ status: 'ACTIVE' });
    expect(active.statusChangedAt.toISOString() > created.statusChangedAt.toISOString()).toBe(true);
    expect(await test.repository.get(inBlue, created.id)).toEqual(active);
  });

  it('tells an illegal move from what is not there', async () => {
    const failure: unknown = await test.repository.updateStatus(inBlue, created.id, 'DRAFT').catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(StickyNoteStatusConflict);
    expect(failure).toMatchObject({ code: 'sticky-note_update_conflict', httpStatus: 409, from: 'DRAFT', to: 'DRAFT' });
    await expect(test.repository.updateStatus(inBlue, nobody, 'ACTIVE')).rejects.toBeInstanceOf(StickyNoteNotFound);
  });

  it('touches nothing of another domain, and nothing that is deleted', async () => {
    const other = await test.repository.create(inRed, spec(red));
    await test.repository.delete(inBlue, created.id);
    const before = await test.rows();

    for (const { id } of [other, created]) {
      await expect(test.repository.updateStatus(inBlue, id, 'ACTIVE')).rejects.toBeInstanceOf(StickyNoteNotFound);
    }
    expect(await test.rows()).toEqual(before);
  });

  it('refuses what is no status, got around the compiler', async () => {
    const failure = test.repository.updateStatus(inBlue, created.id, 'TIRED' as never);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/status' });
  });

  it('follows any sequence of moves as the rule says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STICKY_NOTE_STATUSES), { maxLength: 8 }), async (wanted) => {
        const { id } = await test.repository.create(inBlue, spec(blue));
        let expected: StickyNoteStatus = 'DRAFT';
        for (const to of wanted) {
          const legal = isLegal(expected, to);
          const outcome = await test.repository.updateStatus(inBlue, id, to).catch((e: unknown) => e);
          expect(outcome).toMatchObject(legal ? { status: to } : { from: expected, to });
          if (legal) expected = to;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('lets one of those succeed that make the same move at once', async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await test.repository.create(inBlue, spec(blue));

      const outcomes = await Promise.allSettled(
        Array.from({ length: 4 }, () => test.repository.updateStatus(inBlue, id, 'ACTIVE')),
      );

      const refusals = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(refusals).toHaveLength(3);
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(StickyNoteStatusConflict);
    }
  });
});
