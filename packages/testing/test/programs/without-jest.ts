// A test for node:test, which runners.test.ts runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { EntitySchema } from 'typeorm';

interface NoteRow {
  id: number;
}
const NoteRow = new EntitySchema<NoteRow>({
  name: 'Note',
  tableName: 'notes',
  columns: { id: { type: 'int', primary: true } },
});

let notes: TestDatabase;

before(async () => {
  notes = await createTestDatabase({ entities: [NoteRow] });
});

after(() => notes.close());

void test('rows are there', async () => {
  await notes.dataSource.getRepository(NoteRow).insert({ id: 1 });

  const rows = await notes.database.beginReadonlySession((dbSession) => dbSession.sql`SELECT id FROM notes`);

  assert.deepEqual(rows, [{ id: 1 }]);
});
