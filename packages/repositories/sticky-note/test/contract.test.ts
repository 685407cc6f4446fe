import * as runner from '@jest/globals';
import { order, where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { stickyNoteEntities } from '../src/entities.js';
import {
  StickyNoteAlreadyExists,
  StickyNoteNotFound,
  StickyNoteOrders,
  StickyNoteRepositories,
  type StickyNoteRow,
} from '../src/index.js';
import { stickyNoteMigrations } from '../src/migrations/index.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/sticky-notes.js';

describeRepository(runner, 'StickyNoteRepository', {
  tables: { entities: stickyNoteEntities, migrations: stickyNoteMigrations },
  repository: (database) => StickyNoteRepositories.create({ database }).repository,
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: {
    scope: inBlue,
    spec: (n) => spec(blue, { name: `name ${n}`, description: n % 2 === 0 ? 'even' : null }),
  },
  theirs: { scope: inRed, spec: (n) => spec(red, { name: `name ${n}` }) },
  idOf: ({ id }) => id,
  mark: ({ name }) => name,
  missing: nobody,
  byIds: (ids) => where<StickyNoteRow>({ id: { in: ids } }),
  orders: [order<StickyNoteRow>('description', { ascending: false }), StickyNoteOrders.name()],
  change: { change: { description: 'changed' }, seen: { description: 'changed' } },
  nulling: { change: { description: null }, seen: { description: null } },
  invalid: { create: spec(blue, { name: '' }), change: { name: '' } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: StickyNoteNotFound,
  alreadyExists: StickyNoteAlreadyExists,
});
