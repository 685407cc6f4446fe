import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StickyNoteAlreadyExists } from '../src/index.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { inBlue } from './fixture/sticky-notes.js';

let test: StickyNoteDatabase;
beforeAll(async () => void (test = await stickyNoteDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sticky_notes'));

describe('delete and restore', () => {
  it('free a name, and take it again', async () => {
    const { id } = await test.repository.create(inBlue, { name: 'first' });
    await test.repository.delete(inBlue, id);
    const heir = await test.repository.create(inBlue, { name: 'first' });

    await expect(test.repository.restore(inBlue, id)).rejects.toBeInstanceOf(StickyNoteAlreadyExists);

    await test.repository.purge(inBlue, heir.id);
    expect(await test.repository.restore(inBlue, id)).toMatchObject({ name: 'first', deletedAt: null });
  });
});
