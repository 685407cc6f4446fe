import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batchQuerier,
  type BatchQuerierArgs,
  CursorCodec,
  order,
  orderExpression,
  type Page,
  type Scope,
  searchScope,
} from '@holdfast/querier';
import type { SelectQueryBuilder } from 'typeorm';
import { MoreThan } from 'typeorm';
import { applyTo } from '../src/index.js';
import { diary, diaryOf } from './fixture/diary/diary.js';
import { NoteRow, type TagRow } from './fixture/diary/note-row.js';
import { NotebookRow } from './fixture/diary/notebook-row.js';
import { PageKeyRow } from './fixture/diary/page-key-row.js';
import type { TestDatabase } from './fixture/test-database.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const mine = diaryOf('a');
const everything = { noPagination: true } as const;
const tenantsOf = (rows: readonly { readonly tenant: string }[]): string[] =>
  [...new Set(rows.map(({ tenant }) => tenant))].sort();

/** Each shows what TypeORM does by itself first: where that changes, the refusal or the detour here has no reason any more. */
describe('what goes wrong with a builder by itself, and not with a search over it', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await diary();
  });
  afterAll(() => test.close());

  const notes = (): SelectQueryBuilder<NoteRow> => test.dataSource.createQueryBuilder(NoteRow, 'note');
  const tagged = (): SelectQueryBuilder<NoteRow> => notes().leftJoinAndSelect('note.tags', 'tag');
  const page = async (
    builder: SelectQueryBuilder<NoteRow>,
    args: BatchQuerierArgs<NoteRow> = { pagination: everything },
    scope: Scope<NoteRow> = mine,
  ): Promise<Page<NoteRow>> => applyTo(builder, scope, batchQuerier(args), { cursors }).getPage();

  it('an OR in andWhere opens a scope', async () => {
    const either = "note.title = 'title 1' OR note.title = 'title 2'";
    const own = await notes().where('note.tenant = :tenant', { tenant: 'a' }).andWhere(either).getMany();

    const { items } = await page(notes().andWhere(either));

    expect(tenantsOf(own)).toEqual(['a', 'b']);
    expect(tenantsOf(items)).toEqual(['a']);
  });

  it('a later where() takes an earlier scope away', async () => {
    const own = await notes().where('note.tenant = :tenant', { tenant: 'a' }).where('note.size = 1').getMany();

    const { items } = await page(notes().where('note.tenant = :tenant', { tenant: 'a' }).where('note.size = 1'));

    expect(tenantsOf(own)).toEqual(['a', 'b']);
    expect(tenantsOf(items)).toEqual(['a']);
  });

  it('parameters of one name overwrite each other', async () => {
    const own = await notes().where('note.tenant = :v', { v: 'a' }).andWhere('note.tenant <= :v', { v: 'b' }).getMany();
    const taken = { tenant: 'b', text: 'b', uuid: 'b', int4: 1, timestamptz: 'b', '1': 'b', k0: 'b' };

    const { items } = await page(notes().where('note.tenant <= :tenant').setParameters(taken), {
      conditions: [
        { size: { gte: 1 }, createdAt: { gt: new Date(0) }, id: { ne: 'a0000000-0000-4000-8000-000000000000' } },
      ],
      pagination: everything,
    });

    expect(tenantsOf(own)).toEqual(['b']);
    expect(tenantsOf(items)).toEqual(['a']);
  });

  it('what is joined belongs to anybody', async () => {
    const own = await tagged().where('note.tenant = :tenant', { tenant: 'a' }).getMany();

    const { items } = await page(tagged());

    expect(tenantsOf(own.flatMap(({ tags }) => tags!))).toEqual(['a', 'b']);
    expect(tenantsOf(items.flatMap(({ tags }) => tags!))).toEqual(['a']);
    // A filter is a read.
    expect((await page(tagged().where("tag.tenant = 'b'"))).items).toEqual([]);
  });

  it('a relation that the scope does not name is refused', () => {
    const unlinked = searchScope<NoteRow>({ name: 'tenant', equals: { tenant: 'a' } });
    const owned = searchScope<NoteRow>({ name: 'tenant', equals: { tenant: 'a' }, related: { tags: 'owned' } });
    const querier = batchQuerier<NoteRow>({ pagination: everything });

    expect(() => applyTo(tagged(), unlinked, querier)).toThrow('does not say what may be seen behind tags');
    expect(() => applyTo(tagged().leftJoin('tag.notes', 'other'), owned, querier)).toThrow('behind notes');
    expect(() => applyTo(tagged(), owned, querier)).not.toThrow();
  });

  it('an OR in the condition of a join brings deleted rows back', async () => {
    const either = "tag.label = 'tag 4' OR tag.label = 'tag 1'";
    const deleted = (rows: readonly NoteRow[]): TagRow[] =>
      rows.flatMap(({ tags }) => tags!.filter((tag) => tag.deletedAt));
    const builder = (): SelectQueryBuilder<NoteRow> => notes().leftJoinAndSelect('note.tags', 'tag', either);

    expect(deleted(await builder().getMany())).not.toEqual([]);
    expect(deleted((await page(builder())).items)).toEqual([]);
  });

  it('deleted rows are seen as the builder says, on the page and behind relations', async () => {
    const deleted = (rows: readonly NoteRow[]): unknown[] =>
      rows
        .flatMap(({ deletedAt, tags }) => [deletedAt, ...tags!.map((tag) => tag.deletedAt)])
        .filter((at) => at !== null);

    expect(deleted((await page(tagged())).items)).toEqual([]);
    const { items } = await page(notes().withDeleted().leftJoinAndSelect('note.tags', 'tag'));
    expect(items).toHaveLength(20);
    expect(items.some(({ deletedAt }) => deletedAt !== null)).toBe(true);
    expect(items.some(({ tags }) => tags!.some(({ deletedAt }) => deletedAt !== null))).toBe(true);
  });

  it('take: 0 with a join returns everything', async () => {
    const own = await tagged().take(0).getMany();

    expect(own.length).toBeGreaterThan(20);
    expect((await page(tagged(), { pagination: { first: 0 } })).items).toEqual([]);
  });

  it('a limit with a join cuts children off', async () => {
    const whole = (rows: readonly NoteRow[]): boolean => rows.every(({ id, tags }) => tags!.length === +id.at(-1)! % 4);
    const by = { 'note.id': 'ASC' } as const;
    const scoped = tagged().andWhere("note.tenant = 'a' AND (tag.id IS NULL OR tag.tenant = 'a')");

    expect(whole(await scoped.clone().orderBy(by).limit(6).getMany())).toBe(false);
    expect(whole((await page(tagged(), { pagination: { limit: 4, offset: 0 } })).items)).toBe(true);
  });

  it('an order by an expression throws as soon as something is joined', async () => {
    await expect(tagged().orderBy('length(note.title)').take(2).getMany()).rejects.toThrow();

    const by = orderExpression<NoteRow>({ sql: 'length({title})', type: 'int', nullable: false });
    const { items } = await page(tagged(), { orders: [order(by)], pagination: { first: 2 } });
    expect(items.map(({ title }) => title.length)).toEqual([7, 7]);
  });

  it('an order by a joined column that is not selected throws', async () => {
    const builder = tagged().leftJoin('note.notebook', 'notebook');
    await expect(builder.clone().orderBy('notebook.name').take(2).getMany()).rejects.toThrow('distinctAlias');

    const { items } = await page(builder, { orders: [order('notebook.name')], pagination: { first: 2 } });
    expect(items).toHaveLength(2);
  });

  it('an order by a column of many rows shortens pages', async () => {
    const own = await tagged().orderBy('tag.id', 'DESC', 'NULLS LAST').take(5).getMany();
    expect(own.length).toBeLessThan(5);

    const orders = [{ by: 'tags.label' as 'title' }];
    await expect(page(tagged(), { orders, pagination: { first: 5 } })).rejects.toMatchObject({
      reason: 'INVALID_ORDER',
    });
    expect((await page(tagged(), { pagination: { first: 5 } })).items).toHaveLength(5);
  });

  it('a Date as a cursor starts over', async () => {
    const repository = test.dataSource.getRepository(NoteRow);
    const after = (createdAt: Date): Promise<NoteRow[]> =>
      repository.find({ where: { createdAt: MoreThan(createdAt) }, order: { createdAt: 'ASC' }, take: 4 });
    const first = await after(new Date(0));
    expect(await after(first.at(-1)!.createdAt)).toEqual(first);

    const by = [order<NoteRow>('createdAt')];
    const one = await page(notes(), { orders: by, pagination: { first: 4 } });
    const two = await page(notes(), { orders: by, pagination: { first: 4, after: one.endCursor } });
    expect(new Set([...one.items, ...two.items].map(({ id }) => id)).size).toBe(8);
  });

  it('keys of two columns that read alike when joined make one entity of two rows', async () => {
    const pages = (): SelectQueryBuilder<PageKeyRow> => test.dataSource.createQueryBuilder(PageKeyRow, 'page');
    const scope = searchScope<PageKeyRow>({ name: 'tenant', equals: { tenant: 'a' } });
    expect(await pages().getMany()).toHaveLength(1);

    const search = applyTo(pages(), scope, batchQuerier({ pagination: everything }));
    await expect(search.getPage()).rejects.toThrow('TypeORM makes 1 entities of 2 rows');
    const one = applyTo(pages().where({ book: 'a' }), scope, batchQuerier({ pagination: { first: 1 } }), { cursors });
    expect((await one.getPage()).items).toEqual([{ book: 'a', page: 'b_c', tenant: 'a' }]);
  });

  it.each<[string, (builder: SelectQueryBuilder<NoteRow>) => unknown]>([
    ['take', (builder) => builder.take(0)],
    ['skip', (builder) => builder.skip(1)],
    ['limit', (builder) => builder.limit(1)],
    ['offset', (builder) => builder.offset(1)],
    ['orderBy', (builder) => builder.orderBy('note.title')],
    ['orderBy', (builder) => builder.setFindOptions({ order: { title: 'ASC' } })],
    ['take', (builder) => builder.setFindOptions({ take: 3 })],
    ['groupBy', (builder) => builder.groupBy('note.id')],
    ['having', (builder) => builder.having('count(*) > 1')],
    ['distinct', (builder) => builder.distinct()],
    ['distinct', (builder) => builder.distinctOn(['note.title'])],
    ['setLock', (builder) => builder.setLock('pessimistic_write')],
    ['addCommonTableExpression', (builder) => builder.addCommonTableExpression('SELECT 1', 'one')],
    ['cache', (builder) => builder.cache('notes', 60_000)],
    ['loadRelationIds', (builder) => builder.loadAllRelationIds()],
    [
      'relationLoadStrategy',
      (builder) => builder.setFindOptions({ relations: { tags: true }, relationLoadStrategy: 'query' }),
    ],
  ])('%s on the builder is refused: it is the querier’s to say, or would read outside of the scope', (name, say) => {
    const builder = notes();
    say(builder);

    expect(() => applyTo(builder, mine, batchQuerier({ pagination: everything }))).toThrow(`The builder says ${name}`);
  });

  it.each<[string, (builder: SelectQueryBuilder<NoteRow>) => SelectQueryBuilder<NoteRow>]>([
    ['of two entities', (builder) => builder.addFrom(NotebookRow, 'other') as unknown as SelectQueryBuilder<NoteRow>],
    ['of a table', () => test.dataSource.createQueryBuilder().from<NoteRow>('diary_notes', 'note')],
    ['that selects none of its columns', (builder) => builder.select('count(*)', 'count')],
    ['that joins a table', (builder) => builder.leftJoin('diary_tags', 'tag', 'TRUE')],
    ['that joins an entity', (builder) => builder.leftJoinAndSelect('DiaryNotebook', 'tag', 'TRUE')],
    ['that joins a query', (builder) => builder.leftJoin('(SELECT 1)', 'tag', 'TRUE')],
    [
      'of another entity',
      () => test.dataSource.createQueryBuilder(NotebookRow, 'note') as unknown as SelectQueryBuilder<NoteRow>,
    ],
  ])('a builder %s is refused', (_, made) => {
    const scope = searchScope<NoteRow>({ name: 'tenant', equals: { tenant: 'a', size: 1 } });

    expect(() => applyTo(made(notes()), scope, batchQuerier({ pagination: everything }))).toThrow(
      expect.objectContaining({ name: 'Misuse' }),
    );
  });

  it('a builder of another entity does not compile', () => {
    const books = test.dataSource.createQueryBuilder(NotebookRow, 'notebook');
    const querier = batchQuerier<NotebookRow>({ pagination: everything });

    // @ts-expect-error -- the scope is one of notes
    expect(applyTo(books, mine, querier)).toBeDefined();
  });
});
