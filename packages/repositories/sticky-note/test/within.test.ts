import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stickyNoteDbSourceResilience, stickyNoteRepositoryResilience } from '../src/index.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { blue, inBlue, spec } from './fixture/sticky-notes.js';

let test: StickyNoteDatabase;
beforeAll(async () => void (test = await stickyNoteDatabase()));
afterAll(() => test.close());

describe('the repository within a dbSession', () => {
  it('takes operations of its own into the unit of work', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const repository = test.repository.within(dbSession);
      const { id } = await repository.create(inBlue, spec(blue));
      await repository.updateStatus(inBlue, id, 'ACTIVE');
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });

  it('measures and retries, and its source only measures', () => {
    expect(stickyNoteRepositoryResilience.describe()).toBe('metrics(retry(call))');
    expect(stickyNoteDbSourceResilience.describe()).toBe('metrics(call)');
  });
});
