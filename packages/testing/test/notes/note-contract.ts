import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { order, searchScope, where } from '@holdfast/querier';
import type { RepositoryContract } from '@holdfast/testing';
import { CreateNotes } from './create-notes.js';
import { type Note, type NoteChange, NoteRepository, type NoteSpec } from './notes-under-test.js';
import { NoteRow } from './note-row.js';

export type NoteContract = RepositoryContract<NoteRow, Note, string, NoteSpec, NoteChange>;

const tenant = (team: string): NoteContract['mine'] => ({
  scope: searchScope<NoteRow>({ name: 'team', equals: { team } }),
  spec: (n) => ({ team, title: `note ${n}`, color: ['red', 'green', null][n % 3]! }),
});

/** What the notes say of themselves. */
export const noteContract: NoteContract = {
  tables: { entities: [NoteRow], migrations: [CreateNotes] },
  repository: (database) => new NoteRepository(database),
  mine: tenant('blue'),
  theirs: tenant('red'),
  idOf: ({ id }) => id,
  mark: ({ title }) => title,
  missing: '00000000-0000-4000-8000-000000000000',
  byIds: (ids) => where<NoteRow>({ id: { in: ids } }),
  orders: [order<NoteRow>('color', { ascending: false })],
  change: { change: { color: 'blue' }, seen: { color: 'blue' } },
  nulling: { change: { color: null }, seen: { color: null } },
  invalid: { create: { title: 'a\0b' }, change: { title: 'a\0b' } },
  upserting: { spec: (n) => ({ title: `note ${n}`, color: 'violet' }), seen: { color: 'violet' } },
  versionOf: ({ version }) => version,
  bookkeeping: ['version'],
  locksRows: true,
  purgesInBatches: true,
  notFound: EntityNotFound,
  alreadyExists: EntityAlreadyExists,
};
