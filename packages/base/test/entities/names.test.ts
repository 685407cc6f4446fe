import { batchQuerier, type Embedded, order, unscoped } from '@holdfast/querier';
import { afterEach, expect, it } from '@jest/globals';
import { DefaultNamingStrategy, EntitySchema, type NamingStrategyInterface } from 'typeorm';
import { guardedPool } from '../../src/index.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const all = unscoped('a test');
let test: TestDatabase;
afterEach(() => test.close());

class SnakeCase extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(className: string, name?: string): string {
    return name ?? `t_${snake(className)}`;
  }
  override columnName(property: string, name: string | undefined, prefixes: string[]): string {
    return snake([...prefixes, name ?? property].join('_'));
  }
  override joinColumnName(relation: string, referenced: string): string {
    return snake(`${relation}_${referenced}`);
  }
  override joinTableColumnName(table: string, property: string, column?: string): string {
    return snake(`${table}_${column ?? property}`);
  }
}
function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

interface TagRow {
  tagId: number;
  tagName: string;
}
interface PostRow {
  postId: number;
  postTitle: string;
  bodyText: Embedded<{ readonly firstLine: string }>;
  postTags?: readonly TagRow[];
  mainTag?: TagRow | null;
  main_tag_tag_id: number | null;
}

it('a naming strategy names tables, columns, embedded columns and the foreign keys of relations', async () => {
  const Tag = new EntitySchema<TagRow>({
    name: 'SomeTag',
    columns: { tagId: { type: 'int', primary: true }, tagName: { type: 'text' } },
  });
  const Body = new EntitySchema<PostRow['bodyText']>({ name: 'Body', columns: { firstLine: { type: 'text' } } });
  const Post = new EntitySchema<PostRow>({
    name: 'SomePost',
    columns: { postId: { type: 'int', primary: true }, postTitle: { type: 'text' } },
    embeddeds: { bodyText: { schema: Body } },
    relations: {
      postTags: { type: 'many-to-many', target: 'SomeTag', joinTable: true },
      mainTag: { type: 'many-to-one', target: 'SomeTag', nullable: true },
    },
  });
  test = await testDatabase([Tag, Post], { ...guardedPool({ max: 2 }), namingStrategy: new SnakeCase() });
  const { database, dataSource } = test;
  const tags = operationsOf<TagRow, number>(Tag);
  const posts = operationsOf<PostRow, number>(Post);
  await database.execute(tags.create(all, { values: { tagId: 1, tagName: 'news' } }));
  const values = { postId: 1, postTitle: 'first', bodyText: { firstLine: 'hello' }, main_tag_tag_id: 1 };
  const created = await database.execute(posts.create(all, { values }));
  const { joinTableName } = dataSource.getMetadata(Post).manyToManyRelations[0]!;
  await dataSource.query(`INSERT INTO "${joinTableName}" VALUES (1, 1)`);
  const querier = batchQuerier<PostRow>({
    conditions: [{ postTags: { some: { tagName: { eq: 'news' } } }, mainTag: { is: { tagId: { eq: 1 } } } }],
    orders: [order('mainTag.tagName')],
    pagination: { noPagination: true },
  });

  const { items } = await database.execute(posts.search(all, querier));
  const stored = await dataSource.query<readonly object[]>('SELECT * FROM t_some_post');

  expect(stored).toEqual([{ post_id: 1, post_title: 'first', body_text_first_line: 'hello', main_tag_tag_id: 1 }]);
  expect(created).toEqual(values);
  expect(items).toEqual([values]);
});

interface OddRow {
  id: number;
  select: string;
  'two words': string;
  ünïcode: string | null;
}

it('names may be words of SQL, have blanks, capitals and letters of any kind', async () => {
  const Odd = new EntitySchema<OddRow>({
    name: 'Odd',
    tableName: 'order by "x',
    columns: {
      id: { type: 'int', primary: true, name: 'Key Of It' },
      select: { type: 'text', name: 'FROM' },
      'two words': { type: 'text', name: '; DROP TABLE x' },
      ünïcode: { type: 'text', name: "it's", nullable: true },
    },
    synchronize: false,
  });
  test = await testDatabase([Odd]);
  await test.dataSource.query(
    `CREATE TABLE "order by ""x" ("Key Of It" int PRIMARY KEY, "FROM" text, "; DROP TABLE x" text, "it's" text)`,
  );
  const odds = operationsOf<OddRow, number>(Odd);
  const values = { id: 1, select: 'a', 'two words': 'b', ünïcode: 'c' };

  const created = await test.database.execute(odds.create(all, { values }));
  const changed = await test.database.execute(odds.update(all, 1, { changes: { 'two words': 'd' } }));
  const count = await test.database.execute(odds.count(all, { select: { startsWith: 'a' }, ünïcode: { eq: 'c' } }));

  expect(created).toEqual(values);
  expect(changed['two words']).toBe('d');
  expect(count).toBe(1);
});

interface MoodRow {
  id: number;
  ownMood: 'glad' | 'sad';
  moods: readonly ('glad' | 'sad')[];
  shared: 'low' | 'high';
}

it.each([
  ['in the default schema', undefined],
  ['in a schema of its own', 'Other Schema'],
])('a table %s finds its enums, whatever they are called', async (_where, schema) => {
  const Mood = new EntitySchema<MoodRow>({
    name: 'Mood',
    tableName: 'Moods',
    ...(schema === undefined ? {} : { schema }),
    columns: {
      id: { type: 'int', primary: true },
      ownMood: { type: 'enum', enum: ['glad', 'sad'] },
      moods: { type: 'enum', enum: ['glad', 'sad'], array: true },
      shared: { type: 'enum', enum: ['low', 'high'], enumName: 'Level Of It' },
    },
  });
  test = await testDatabase([Mood], { ...guardedPool({ max: 2 }), synchronize: false });
  if (schema !== undefined) await test.dataSource.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
  await test.dataSource.synchronize();
  const moods = operationsOf<MoodRow, number>(Mood);
  const values = { id: 1, ownMood: 'sad', moods: ['sad', 'glad'], shared: 'low' } as const;

  const created = await test.database.execute(moods.create(all, { values }));
  const bulk = await test.database.execute(moods.bulkCreate(all, [{ values: { ...values, id: 2 } }]));
  const count = await test.database.execute(
    moods.count(all, { ownMood: { in: ['sad'] }, moods: { has: 'glad' }, shared: { lt: 'high' } }),
  );

  expect(created).toEqual(values);
  expect(bulk).toEqual([{ ...values, id: 2 }]);
  expect(count).toBe(2);
});

it('an enum may be of another schema than its table', async () => {
  interface RowOfTwo {
    id: number;
    mood: 'a' | 'b';
  }
  const Row = new EntitySchema<RowOfTwo>({
    name: 'RowOfTwo',
    tableName: 'rows_of_two',
    schema: 'one',
    synchronize: false,
    columns: { id: { type: 'int', primary: true }, mood: { type: 'enum', enum: ['a', 'b'], enumName: 'two.mood' } },
  });
  test = await testDatabase([Row]);
  await test.dataSource.query(
    `CREATE SCHEMA one; CREATE SCHEMA two; CREATE TYPE two.mood AS ENUM ('a', 'b');
    CREATE TABLE one.rows_of_two (id int PRIMARY KEY, mood two.mood)`,
  );
  const rows = operationsOf<RowOfTwo, number>(Row);

  await test.database.execute(rows.create(all, { values: { id: 1, mood: 'b' } }));

  expect(await test.database.execute(rows.count(all, { mood: { gt: 'a' } }))).toBe(1);
});

it('an entity prefix and the schema of the DataSource are part of the table', async () => {
  interface PlainRow {
    id: number;
  }
  const Plain = new EntitySchema<PlainRow>({ name: 'Plain', columns: { id: { type: 'int', primary: true } } });
  test = await testDatabase([Plain], {
    ...guardedPool({ max: 2 }),
    entityPrefix: 'app_',
    schema: 'apart',
    synchronize: false,
  });
  await test.dataSource.query('CREATE SCHEMA apart');
  await test.dataSource.synchronize();

  await test.database.execute(operationsOf<PlainRow, number>(Plain).create(all, { values: { id: 1 } }));

  expect(await test.dataSource.query('SELECT * FROM apart.app_plain')).toEqual([{ id: 1 }]);
});
