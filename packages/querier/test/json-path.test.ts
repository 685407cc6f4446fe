import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conditionToSql, entityShape, type Jsonb, type QueryCondition, unscoped } from '../src/index.js';
import { noteDatabase, type NoteDatabase } from './fixture/note-database.js';

interface Document {
  id: number;
  doc: Jsonb<object>;
}
const documents = entityShape<Document>({
  name: 'Document',
  table: 'path_documents',
  columns: { id: { type: 'int', primary: true }, doc: { type: 'jsonb' } },
});

describe('equality at a path', () => {
  let test: NoteDatabase;

  beforeAll(async () => {
    test = await noteDatabase();
    await test.plain.query(`
      CREATE TABLE path_documents (id int PRIMARY KEY, doc jsonb NOT NULL);
      INSERT INTO path_documents VALUES
        (1, '{"a": [5, {"b": 6}]}'), (2, '{"a": {"0": 5, "b": 6}}'), (3, '{"a": {"b": [6, 7]}}'), (4, '{"a": null}'), (5, '[5]');
    `);
  });
  afterAll(() => test.close());

  it.each<[QueryCondition<Document>, number[]]>([
    [{ doc: { at: { path: ['a', 0], eq: 5 } } }, [1, 2]],
    [{ doc: { at: { path: ['a', '0'], eq: 5 } } }, [1, 2]],
    [{ doc: { at: { path: ['a', -1, 'b'], eq: 6 } } }, [1]],
    [{ doc: { at: { path: [0], eq: 5 } } }, [5]],
    [{ doc: { at: { path: ['a', 'b'], eq: 6 } } }, [2]],
    // Contained, and not equal.
    [{ doc: { at: { path: ['a', 'b'], eq: [6] } } }, []],
    [{ doc: { at: { path: ['a'], eq: null } } }, [4]],
    [{ not: { doc: { at: { path: ['a', 'b'], eq: 6 } } } }, [1, 3, 4, 5]],
    [{ doc: { at: { path: ['__proto__'], eq: 1 } } }, []],
  ])('%j', async (condition, ids) => {
    const { text, values } = conditionToSql(documents, unscoped('a test'), condition);
    const { rows } = await test.plain.query<{ id: number }>(
      `SELECT id FROM path_documents WHERE ${text} ORDER BY id`,
      values,
    );
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });
});
