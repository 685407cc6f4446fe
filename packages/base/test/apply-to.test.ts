import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityNotFound } from '@holdfast/errors';
import {
  batchQuerier,
  type BatchQuerierArgs,
  type Cursor,
  CursorCodec,
  existenceCheck,
  order,
  orderExpression,
  type Page,
  type QueryOrder,
  type Scope,
  searchScope,
  unscoped,
} from '@holdfast/querier';
import type { SelectQueryBuilder } from 'typeorm';
import { applyTo } from '../src/index.js';
import { diary, diaryOf } from './fixture/diary/diary.js';
import { NoteRow } from './fixture/diary/note-row.js';
import { NotebookRow } from './fixture/diary/notebook-row.js';
import type { TestDatabase } from './fixture/test-database.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const mine = diaryOf('a');
const everything = { noPagination: true } as const;

const orders: Readonly<Record<string, readonly QueryOrder<NoteRow>[]>> = {
  'created_at, id': [order('createdAt')],
  'created_at DESC, id DESC': [order('createdAt', { ascending: false })],
  'size NULLS FIRST, title DESC, id DESC': [order('size', { nulls: 'first' }), order('title', { ascending: false })],
  'length(title) DESC, id DESC': [
    order(orderExpression<NoteRow>({ sql: 'length({title})', type: 'int', nullable: false }), { ascending: false }),
  ],
  [`(SELECT b.name FROM diary_notebooks b WHERE b.id = notebook_id AND b.tenant = 'a'), id`]: [order('notebook.name')],
};

describe('a search over a query builder', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await diary();
  });
  afterAll(() => test.close());

  const notes = (): SelectQueryBuilder<NoteRow> => test.dataSource.createQueryBuilder(NoteRow, 'note');
  const joined = (): SelectQueryBuilder<NoteRow> =>
    notes().leftJoinAndSelect('note.tags', 'tag').leftJoinAndSelect('note.notebook', 'notebook');
  const page = async (
    builder: SelectQueryBuilder<NoteRow>,
    args: BatchQuerierArgs<NoteRow>,
    scope: Scope<NoteRow> = mine,
  ): Promise<Page<NoteRow>> => applyTo(builder, scope, batchQuerier(args), { cursors }).getPage();
  const idsOf = async (sql: string): Promise<string[]> =>
    (await test.dataSource.query<{ id: string }[]>(sql)).map(({ id }) => id);

  describe.each(Object.entries(orders))('ordered by %s', (sql, by) => {
    it.each([1, 2, 7])('visits each row once with all that is joined, %i at a time, both ways', async (size) => {
      const sorted = await idsOf(
        `SELECT id FROM diary_notes WHERE tenant = 'a' AND deleted_at IS NULL ORDER BY ${sql}`,
      );

      for (const forward of [true, false]) {
        const walked: NoteRow[] = [];
        let cursor: Cursor | null = null;
        for (let more = true; more;) {
          const pagination = forward ? { first: size, after: cursor } : { last: size, before: cursor };
          const one: Page<NoteRow> = await page(joined(), { orders: by, pagination });
          if (forward) walked.push(...one.items);
          else walked.unshift(...one.items);
          cursor = forward ? one.endCursor : one.startCursor;
          more = forward ? one.hasNextPage : one.hasPreviousPage;
          expect(one.items).toHaveLength(more ? size : one.items.length);
        }

        expect(walked.map(({ id }) => id)).toEqual(sorted);
        expect(walked.map(({ id, tags }) => tags!.length === +id.at(-1)! % 4)).not.toContain(false);
      }
    });
  });

  it('makes entities as TypeORM does', async () => {
    const { items } = await page(joined(), { pagination: { first: 1 } });

    expect(items[0]).toMatchObject({ tenant: 'a', createdAt: expect.any(Date), tags: [{ label: 'tag 1' }] });
    expect(Object.keys(items[0]!).sort()).toEqual(Object.keys((await joined().getOne())!).sort());
  });

  it('sends one statement, which it can be asked for', async () => {
    const sent: unknown[] = [];
    const runner = test.dataSource.createQueryRunner();
    const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>;
    runner.query = (...args: unknown[]) => {
      sent.push(args.slice(0, 2));
      return query(...args);
    };
    const builder = joined().innerJoin('note.tags', 'other').where({ tenant: 'a' }).setQueryRunner(runner);

    const search = applyTo(builder, mine, batchQuerier({ pagination: { first: 2 }, total: 'exact' }), { cursors });
    const { items } = await search.getPage();
    await runner.release();

    expect(items).toHaveLength(2);
    expect(sent).toEqual([search.getQueryAndParameters()]);
  });

  it('counts, also where the page is empty, and measures both flags', async () => {
    const total = await page(joined(), { pagination: { limit: 3, offset: 90 }, total: 'exact' });
    const first = await page(joined(), { pagination: { first: 1 } });
    const pagination = { first: 2, after: first.endCursor };
    const second = await page(joined(), { pagination, measureBoth: true, total: { atMost: 3 } });

    expect(total).toMatchObject({ items: [], total: { value: 16, exact: true }, hasNextPage: false });
    expect(second).toMatchObject({ hasPreviousPage: true, hasNextPage: true, total: { value: 3, exact: false } });
    expect(second.items).toHaveLength(2);
  });

  it('gives no rows for a page of none, whatever is joined', async () => {
    expect(await page(joined(), { pagination: { first: 0 } })).toMatchObject({ items: [], hasNextPage: true });
  });

  it('chooses rows by the builder’s own WHERE, without trimming what is loaded behind them', async () => {
    const builder = joined().where('tag.label = :label', { label: 'tag 2' });

    const { items, total } = await page(builder, { pagination: { first: 50 }, total: 'exact' });

    expect(items.map(({ id }) => id)).toEqual(
      await idsOf(`SELECT id FROM diary_notes WHERE tenant = 'a' AND deleted_at IS NULL
        AND ascii(right(id::text, 1)) % 4 > 1 ORDER BY id`),
    );
    expect(items.every(({ tags }) => tags!.some(({ label }) => label === 'tag 1'))).toBe(true);
    expect(total).toEqual({ value: items.length, exact: true });
  });

  it('fills its pages where an inner join leaves rows out', async () => {
    const builder = notes().innerJoinAndSelect('note.notebook', 'notebook');

    const found = await page(builder, { pagination: { first: 5 } });
    const none = await page(builder.clone().andWhere('FALSE'), { pagination: { first: 5 }, total: 'exact' });

    expect(found.items).toHaveLength(5);
    expect(found.items.every(({ notebook }) => notebook!.tenant === 'a')).toBe(true);
    expect(none).toMatchObject({ items: [], total: { value: 0, exact: true } });
  });

  it('loads what the condition of a join lets through, and maps it where it is told', async () => {
    const builder = notes().leftJoinAndMapMany('note.firsts', 'note.tags', 'tag', 'tag.label = :l OR 1 = 0', {
      l: 'tag 1',
    });

    const { items } = await page(builder, { pagination: { first: 4 } });

    expect(items).toHaveLength(4);
    expect(items).toContainEqual(expect.objectContaining({ firsts: [expect.objectContaining({ label: 'tag 1' })] }));
    expect(
      items.flatMap((note) => (note as unknown as { firsts: { label: string }[] }).firsts.map(({ label }) => label)),
    ).not.toContain('tag 2');
  });

  it('selects only what the builder selects', async () => {
    const { items, endCursor } = await page(notes().select(['note.title']), { pagination: { first: 3 } });

    expect(items).toHaveLength(3);
    expect(items.map((note) => Object.keys(note))).toEqual([['title'], ['title'], ['title']]);
    expect(endCursor).not.toBeNull();
  });

  it('reads within the transaction of the manager that made the builder', async () => {
    const found = await test.database.beginSession(async (dbSession) => {
      await dbSession.manager.query(
        `UPDATE diary_notes SET title = 'changed' WHERE id = (SELECT min(id::text)::uuid FROM diary_notes)`,
      );
      const builder = dbSession.manager.createQueryBuilder(NoteRow, 'note').where({ title: 'changed' });
      const inside = await applyTo(builder, mine, batchQuerier({ pagination: everything })).getPage();
      await dbSession.manager.query(`UPDATE diary_notes SET title = 'title 0' WHERE title = 'changed'`);
      return inside.items;
    });

    expect(found.map(({ title }) => title)).toEqual(['changed']);
  });

  it('binds cursors to the builder’s WHERE and its parameters, unless told not to', async () => {
    const titled = (title: string): SelectQueryBuilder<NoteRow> => notes().where('note.title <> :title', { title });
    const { endCursor: after } = await page(titled('x'), { pagination: { first: 2 } });
    const { endCursor: loose } = await page(titled('x'), { pagination: { first: 2 }, bindConditions: false });

    for (const builder of [titled('y'), notes(), titled('x').andWhere('TRUE'), titled('x').withDeleted()]) {
      await expect(page(builder, { pagination: { first: 2, after } })).rejects.toMatchObject({
        reason: 'INVALID_CURSOR',
      });
    }
    await expect(page(titled('x'), { pagination: { first: 2, after } })).resolves.toMatchObject({
      hasPreviousPage: true,
    });
    const next = { pagination: { first: 2, after: loose }, bindConditions: false };
    await expect(page(titled('y'), next)).resolves.toMatchObject({ hasPreviousPage: true });
  });

  it('is what it was, whatever becomes of the builder, and leaves the builder as it was', async () => {
    const builder = joined();
    const text = builder.getQueryAndParameters();
    const search = applyTo(builder, mine, batchQuerier({ pagination: { first: 3 } }), { cursors });

    expect(builder.getQueryAndParameters()).toEqual(text);
    builder.select(['note.id']).where('FALSE').take(1);
    const { items } = await search.getPage();

    expect(items).toHaveLength(3);
    expect(items[0]!.tags).toBeDefined();
    expect((await search.getPage()).items).toEqual(items);
  });

  it('asks what must be there before anything else', async () => {
    const checking = (name: string): Scope<NoteRow> =>
      searchScope<NoteRow>({
        name: 'notebook',
        equals: { tenant: 'a' },
        existenceChecks: ['book 1', name].map((one) =>
          existenceCheck<NotebookRow>(NotebookRow, { name: { eq: one } }, () => new EntityNotFound('notebook', one)),
        ),
      });

    await expect(page(notes(), { pagination: { first: 1 } }, checking('no book'))).rejects.toThrow('no book');
    await expect(page(notes(), { pagination: { first: 1 } }, checking('book 2'))).resolves.toBeDefined();
  });

  it('sees the rows of all where it is told why', async () => {
    const { items } = await page(joined(), { pagination: everything }, unscoped('a test'));

    expect(new Set(items.map(({ tenant }) => tenant))).toEqual(new Set(['a', 'b']));
    expect(items.every(({ tags }) => new Set(tags!.map(({ tenant }) => tenant)).size <= 2)).toBe(true);
  });
});
