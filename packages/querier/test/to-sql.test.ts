import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityNotFound } from '@holdfast/errors';
import type pg from 'pg';
import {
  type BatchQuerierArgs,
  batchQuerier,
  conditionToSql,
  type Cursor,
  CursorCodec,
  existenceCheck,
  order,
  orderExpression,
  type Page,
  type QueryOrder,
  type Scope,
  searchScope,
  toSql,
  type ToSqlOptions,
  unscoped,
  where,
} from '../src/index.js';
import { noteDatabase, type NoteDatabase } from './fixture/note-database.js';
import { type NotebookRow, type NoteRow, noteShape, type TagRow } from './fixture/note-shape.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const related = {
  notebook: searchScope<NotebookRow>({ name: 'notebooks', equals: { tenant: 'a' } }),
  labels: searchScope<TagRow>({ name: 'labels', equals: { tenant: 'a' } }),
};
const mine = searchScope<NoteRow>({ name: 'tenant', equals: { tenant: 'a' }, related });
const live = `tenant = 'a' AND deleted_at IS NULL`;

/** What PostgreSQL says of the same order, for the second opinion. */
const orders: readonly (readonly [sql: string, orders: readonly QueryOrder<NoteRow>[]])[] = [
  ['created_at, id', [order('createdAt')]],
  ['created_at DESC, id DESC', [order('createdAt', { ascending: false })]],
  ['local_at DESC NULLS LAST, id DESC', [order('localAt', { ascending: false, nulls: 'last' })]],
  ['"day" NULLS FIRST, id', [order('day', { nulls: 'first' })]],
  ['"time", created_at DESC, id DESC', [order('time'), order('createdAt', { ascending: false })]],
  ['total DESC, title, id', [order('total', { ascending: false }), order('title')]],
  ['price, id', [order('price')]],
  ['ratio DESC, id DESC', [order('ratio', { ascending: false })]],
  ['pinned, mood NULLS FIRST, id', [order('isPinned'), order('mood', { nulls: 'first' })]],
  ['hash, id', [order('hash')]],
  ['upper(title), id', [order(orderExpression<NoteRow>({ sql: 'upper({title})', type: 'text', nullable: false }))]],
  [
    `(SELECT name FROM app.notebooks b WHERE b.id = notebook_id AND b.tenant = 'a') DESC, id DESC`,
    [order('notebook.name', { ascending: false })],
  ],
];

describe('a search for plain pg', () => {
  let test: NoteDatabase;

  beforeAll(async () => {
    test = await noteDatabase();
  });
  afterAll(() => test.close());

  async function search(
    args: BatchQuerierArgs<NoteRow>,
    {
      client = test.foreign,
      scope = mine,
      ...options
    }: ToSqlOptions & { client?: pg.Client; scope?: Scope<NoteRow> } = {},
  ): Promise<Page<NoteRow>> {
    const statement = toSql(noteShape, scope, batchQuerier(args), { cursors, ...options });
    return statement.toPage((await client.query(statement)).rows as object[]);
  }

  async function walk(by: readonly QueryOrder<NoteRow>[], size: number, forward: boolean): Promise<string[]> {
    const ids: string[] = [];
    let cursor: Cursor | null = null;
    for (let more = true; more;) {
      const pagination = forward ? { first: size, after: cursor } : { last: size, before: cursor };
      const page: Page<NoteRow> = await search({ orders: by, pagination });
      const found = page.items.map(({ id }) => id);
      if (forward) ids.push(...found);
      else ids.unshift(...found);
      cursor = forward ? page.endCursor : page.startCursor;
      more = forward ? page.hasNextPage : page.hasPreviousPage;
      expect(found.length).toBeGreaterThan(0);
    }
    return ids;
  }

  const idsOf = async (sql: string): Promise<string[]> =>
    (await test.plain.query<{ id: string }>(sql)).rows.map(({ id }) => id);

  describe.each(orders)('in a session of foreign settings, ordered by %s', (sql, by) => {
    it.each([1, 7])('visits each row once, in PostgreSQL’s own order, %i at a time', async (size) => {
      const sorted = await idsOf(`SELECT id FROM app.notes WHERE ${live} ORDER BY ${sql}`);

      expect(sorted).toHaveLength(42);
      expect(await walk(by, size, true)).toEqual(sorted);
      expect(await walk(by, size, false)).toEqual(sorted);
    });
  });

  it('goes on where a Date would start again: pg reads times to the millisecond only', async () => {
    const page = (after: unknown): Promise<pg.QueryResult<{ created_at: Date }>> =>
      test.plain.query(
        `SELECT created_at FROM app.notes WHERE ${live} AND created_at > $1 ORDER BY created_at LIMIT 5`,
        [after],
      );

    const first = await page(new Date(0));
    const second = await page(first.rows.at(-1)!.created_at);

    expect(second.rows).toEqual(first.rows);
  });

  it('takes a cursor that was made in a session of other settings', async () => {
    const by = [order<NoteRow>('createdAt', { ascending: false }), order<NoteRow>('hash')];
    const whole = await search({ orders: by, pagination: { noPagination: true } });

    for (const [one, other] of [
      [test.foreign, test.plain],
      [test.plain, test.foreign],
    ] as const) {
      const first = await search({ orders: by, pagination: { first: 9 } }, { client: one });
      const second = await search({ orders: by, pagination: { first: 9, after: first.endCursor } }, { client: other });

      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
        whole.items.slice(0, 18).map(({ id }) => id),
      );
    }
  });

  it('can be prepared by name: values are no part of its text', async () => {
    const searchFor = (title: string) =>
      toSql(noteShape, mine, batchQuerier({ conditions: [{ title: { eq: title } }], pagination: { first: 5 } }), {
        cursors,
      });
    const [one, other] = [searchFor('title 1'), searchFor("' OR true --")];

    const found = await test.foreign.query({ name: 'notes by title', ...one });
    const none = await test.foreign.query({ name: 'notes by title', ...other });

    expect(other.text).toBe(one.text);
    expect(one.toPage(found.rows).items.map(({ title }) => title)).toContain('title 1');
    expect(other.toPage(none.rows).items).toEqual([]);
  });

  it('gives rows by property, as pg parsed them, without what only the cursors need', async () => {
    const by = [order<NoteRow>('mood'), order<NoteRow>('notebook.name')];
    const page = await search({ orders: by, pagination: { first: 1 } }, { client: test.plain });

    const [row] = page.items;
    expect(Object.keys(row!)).toEqual([...noteShape.columns.keys()]);
    expect(row).toMatchObject({ tenant: 'a', isPinned: false, mood: 'sad', total: expect.stringMatching(/^\d{16}$/) });
    expect(row!.createdAt).toBeInstanceOf(Date);
    expect(Object.isFrozen(row) && Object.isFrozen(row!.facts) && Object.isFrozen(page.items)).toBe(true);
  });

  it('makes data of the rows, and freezes it', async () => {
    const statement = toSql(
      noteShape,
      mine,
      batchQuerier({ orders: [order('title')], pagination: { limit: 2, offset: 0 } }),
    );
    const { rows } = await test.plain.query(statement);

    const page = statement.toPage(rows, ({ title }) => ({ title }));

    expect(page.items).toEqual([{ title: 'title 0' }, { title: 'title 1' }]);
    expect(Object.isFrozen(page.items[0]) && page.hasNextPage).toBe(true);
    expect(page.cursors).toEqual([]);
  });

  it('counts what matches, on an empty page too, and beside a column that is called total', async () => {
    const conditions = [where<NoteRow>({ rank: { eq: 1 } })];
    const count = (await idsOf(`SELECT id FROM app.notes WHERE ${live} AND rank = 1`)).length;

    const page = await search({ conditions, pagination: { first: 3 }, total: 'exact' });
    const beyond = await search({ conditions, pagination: { limit: 3, offset: 1_000 }, total: { atMost: 5 } });

    expect(page.total).toEqual({ value: count, exact: true });
    expect(page.items[0]!.total).toMatch(/^9007199254740/);
    expect(beyond).toMatchObject({ items: [], total: { value: 5, exact: false }, hasNextPage: false });
  });

  it('measures both flags where that is asked for', async () => {
    const [first] = (await search({ pagination: { first: 1 } })).cursors;

    const second = await search({ pagination: { first: 1, after: first! }, measureBoth: true });
    const none = await search({ pagination: { first: 0, after: first! }, measureBoth: true, total: 'exact' });

    expect(second.hasPreviousPage).toBe(true);
    expect(none).toMatchObject({ items: [], hasNextPage: true, hasPreviousPage: true });
  });

  it('sees nothing outside of the scope, whatever is asked for, behind relations neither', async () => {
    const everything = where<NoteRow>({ or: [{}, { tenant: { eq: 'b' } }] });
    const foreignTag = where<NoteRow>({ labels: { some: { label: { eq: 'tag 2' } } } });
    const ownTag = where<NoteRow>({ labels: { some: { label: { eq: 'tag 1' } } } });
    const pagination = { noPagination: true } as const;

    const found = await search({ conditions: [everything], pagination });

    expect(new Set(found.items.map(({ tenant }) => tenant))).toEqual(new Set(['a']));
    expect((await search({ conditions: [foreignTag], pagination })).items).toEqual([]);
    expect((await search({ conditions: [ownTag], pagination })).items.length).toBeGreaterThan(0);
    const unlinked = searchScope<NoteRow>({ name: 'tenant', equals: { tenant: 'a' } });
    expect(() => toSql(noteShape, unlinked, batchQuerier({ conditions: [ownTag], pagination }))).toThrow(
      'The scope tenant does not say what may be seen behind labels.',
    );
  });

  it('sees deleted rows only where it is asked for, and nothing beyond a restriction', async () => {
    const pagination = { noPagination: true } as const;

    const withDeleted = await search({ pagination }, { includeDeleted: true });
    const restricted = await search({ pagination }, { restriction: '"rank" = 1 OR "rank" = 2' });

    expect(withDeleted.items).toHaveLength(45);
    expect(restricted.items.every(({ rank, tenant, deletedAt }) => rank > 0 && tenant === 'a' && !deletedAt)).toBe(
      true,
    );
  });

  it('refuses cursors of another scope, another order, another restriction', async () => {
    const { endCursor: after } = await search({ pagination: { first: 2 } });
    const pagination = { first: 2, after };

    for (const [args, options] of [
      [{ pagination }, { scope: searchScope<NoteRow>({ name: 'tenant', equals: { tenant: 'b' } }) }],
      [{ pagination, orders: [order<NoteRow>('title')] }, {}],
      [{ pagination }, { restriction: '"rank" = 1' }],
      [{ pagination }, { includeDeleted: true }],
    ] as const) {
      await expect(search(args, options)).rejects.toMatchObject({ reason: 'INVALID_CURSOR' });
    }
    await expect(search({ pagination })).resolves.toMatchObject({ hasPreviousPage: true });
  });

  it('refuses rows that are not its own', () => {
    const statement = toSql(noteShape, mine, batchQuerier({ pagination: { first: 2 }, total: 'exact' }), { cursors });

    expect(() => statement.toPage([{ id: '1' }])).toThrow('#total is missing');
    expect(() => statement.toPage([['1', 'a']])).toThrow('toPage() needs the rows of its statement');
  });

  it('refuses a scope whose checks it could not ask', () => {
    const check = existenceCheck<NotebookRow>('Notebook', { name: { eq: 'x' } }, () => new EntityNotFound('notebook'));
    const checking = searchScope<NoteRow>({ name: 'notebook', equals: { tenant: 'a' }, existenceChecks: [check] });

    expect(() => toSql(noteShape, checking, batchQuerier({ pagination: { first: 1 } }))).toThrow('existence checks');
    expect(() => conditionToSql(noteShape, [mine, checking], {})).toThrow('existence checks');
  });

  it('is frozen, and needs a codec for pages by cursor', () => {
    const statement = toSql(noteShape, mine, batchQuerier({ pagination: { limit: 1, offset: 0 } }));

    expect(Object.isFrozen(statement) && Object.isFrozen(statement.values)).toBe(true);
    const after = 'x' as Cursor;
    expect(() => toSql(noteShape, mine, batchQuerier({ pagination: { first: 1, after } }))).toThrow('CursorCodec');
  });

  describe('a condition for a WHERE of one’s own', () => {
    it('brings the scope, and numbers its parameters from where it is told', async () => {
      const { text, values } = conditionToSql(noteShape, mine, { rank: { in: [1, 2] } }, { startAt: 3 });

      const { rows } = await test.foreign.query<{ own: boolean; count: string }>(
        `SELECT tenant = 'a' AS own, count(*) FROM app.notes WHERE title <> $1 AND title <> $2 AND ${text} GROUP BY 1`,
        ['x', 'y', ...values],
      );

      const [{ count }] = (await test.plain.query(`SELECT count(*) FROM app.notes WHERE ${live} AND rank > 0`)).rows;
      expect(rows).toEqual([{ own: true, count }]);
    });

    it('stands in an OR and in a NOT as it is, also where it asks about a NULL', async () => {
      const { text, values } = conditionToSql(noteShape, mine, { mood: { eq: 'glad' } });
      const count = async (sql: string): Promise<number> =>
        Number((await test.plain.query(`SELECT count(*) FROM app.notes WHERE ${sql}`, [...values])).rows[0].count);

      expect((await count(text)) + (await count(`NOT coalesce(${text}, false)`))).toBe(60);
      expect(await count(`${text} OR rank = 99`)).toBe(await count(text));
    });

    it('names the table as the statement does, inside of relations too', async () => {
      const condition = where<NoteRow>({ notebook: { is: { name: { eq: 'book 1' } } } });
      const { text, values } = conditionToSql(noteShape, mine, condition, { alias: 'n', includeDeleted: true });

      const { rows } = await test.foreign.query<{ tenant: string; owner: string; name: string }>(
        `SELECT DISTINCT n.tenant, b.tenant AS owner, b.name
         FROM app.notes n JOIN app.notebooks b ON b.id = n.notebook_id WHERE ${text}`,
        [...values],
      );

      expect(rows).toEqual([{ tenant: 'a', owner: 'a', name: 'book 1' }]);
    });

    it('is TRUE where nothing restricts anything, and refuses numbers that are none', () => {
      const everyone = unscoped('a test');

      expect(conditionToSql(noteShape, everyone, {}, { includeDeleted: true })).toEqual({ text: '(TRUE)', values: [] });
      expect(() => conditionToSql(noteShape, everyone, {}, { startAt: 0 })).toThrow('startAt');
      expect(() => conditionToSql(noteShape, everyone, {}, { alias: '' })).toThrow('no name');
    });
  });
});
