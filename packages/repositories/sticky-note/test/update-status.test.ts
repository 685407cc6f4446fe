import * as runner from '@jest/globals';
import { describeTransitions } from '@holdfast/testing';
import { stickyNoteEntities } from '../src/entities.js';
import {
  STICKY_NOTE_STATUSES,
  StickyNoteNotFound,
  StickyNoteRepositories,
  StickyNoteStatusConflict,
} from '../src/index.js';
import { stickyNoteMigrations } from '../src/migrations/index.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/sticky-notes.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describeTransitions(runner, 'updateStatus', {
  tables: { entities: stickyNoteEntities, migrations: stickyNoteMigrations },
  table: 'sticky_notes',
  repository: (database) => StickyNoteRepositories.create({ database }).repository,
  create: (repository) => repository.create(inBlue, spec(blue)),
  createTheirs: (repository) => repository.create(inRed, spec(red)),
  move: (repository, id, to) => repository.updateStatus(inBlue, id, to),
  get: (repository, id) => repository.get(inBlue, id),
  delete: (repository, id) => repository.delete(inBlue, id),
  missing: nobody,
  initial: 'DRAFT',
  statuses: STICKY_NOTE_STATUSES,
  // A second way to know the answer: nothing becomes a draft again, and only what is active can be archived.
  isLegal: (from, to) => (to === 'ARCHIVED' ? from === 'ACTIVE' : to === 'ACTIVE' && from !== 'ACTIVE'),
  conflict: StickyNoteStatusConflict,
  notFound: StickyNoteNotFound,
});

describe('updateStatus', () => {
  let test: StickyNoteDatabase;
  beforeAll(async () => void (test = await stickyNoteDatabase()));
  afterAll(() => test.close());

  it('keeps the time, and says of what it refuses that it is a conflict', async () => {
    const created = await test.repository.create(inBlue, spec(blue));

    const active = await test.repository.updateStatus(inBlue, created.id, 'ACTIVE');
    expect(active.statusChangedAt.toISOString() > created.statusChangedAt.toISOString()).toBe(true);
    await expect(test.repository.updateStatus(inBlue, created.id, 'DRAFT')).rejects.toMatchObject({
      code: 'sticky-note_update_conflict',
      httpStatus: 409,
    });
  });
});
