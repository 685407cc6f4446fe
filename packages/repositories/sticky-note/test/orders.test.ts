import * as runner from '@jest/globals';
import { describeOrders } from '@holdfast/testing';
import { stickyNoteEntities } from '../src/entities.js';
import { stickyNoteFields, StickyNoteOrders } from '../src/index.js';
import { stickyNoteMigrations } from '../src/migrations/index.js';
import { stickyNotes } from '../src/sticky-note-operations.js';
import { inBlue } from './fixture/sticky-notes.js';

describeOrders(runner, 'sticky notes of a domain', {
  tables: { entities: stickyNoteEntities, migrations: stickyNoteMigrations },
  // Those of the other domain come first by id: who looks for its own that way finds all of them.
  fill: ({ dataSource }) =>
    dataSource.query(`
      INSERT INTO sticky_notes (id, name, status, domain_name, created_at, modified_at)
      SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'name ' || n * 7919 % 20011,
             CASE WHEN n % 5 = 0 THEN 'ACTIVE' ELSE 'DRAFT' END, CASE WHEN n > 10000 THEN 'blue' ELSE 'red' END,
             now() - n * 7919 % 20011 * interval '1 minute', now() - n * 104729 % 20011 * interval '1 minute'
      FROM generate_series(1, 20000) n`),
  search: (querier) => stickyNotes.search(inBlue, querier),
  orders: StickyNoteOrders,
  fields: stickyNoteFields,
});
