import * as runner from '@jest/globals';
import { describeRetries } from '@holdfast/testing';
import { stickyNoteEntities } from '../src/entities.js';
import { stickyNoteDbSourceResilience, StickyNoteRepositories, stickyNoteRepositoryResilience } from '../src/index.js';
import { stickyNoteMigrations } from '../src/migrations/index.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { blue, inBlue, spec } from './fixture/sticky-notes.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describe('the repository within a dbSession', () => {
  let test: StickyNoteDatabase;
  beforeAll(async () => void (test = await stickyNoteDatabase()));
  afterAll(() => test.close());

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
});

describeRetries(runner, 'StickyNoteRepository', {
  tables: { entities: stickyNoteEntities, migrations: stickyNoteMigrations },
  repository: (parts) => StickyNoteRepositories.create(parts).repository,
  create: (repository) => repository.create(inBlue, spec(blue)),
  count: (repository) => repository.count(inBlue, {}),
  defaults: { repository: stickyNoteRepositoryResilience, dbSource: stickyNoteDbSourceResilience },
});
