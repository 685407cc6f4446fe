import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, InvalidInput, Misuse } from '@holdfast/errors';
import { batchQuerier, OutsideScope, type QueryCondition, type SearchScope, unscoped, where } from '@holdfast/querier';
import { databaseTime, everyRow, guardedPool, newId, NotNullViolation, OptionalState, TriState } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const everything = {
  title: 'Überall "quoted", {braced}\\ ☃',
  rank: -7,
  views: '9007199254740993',
  price: '12345678901234567890.123456789',
  ratio: 0.1,
  isPinned: true,
  tags: ['a,b', '"', '\\', '', 'null', 'NULL', '{x}', 'ß☃'],
  scores: [1, -2, 3],
  facts: { list: [1, { deep: null }], text: "it's" },
  bytes: new Uint8Array([0, 1, 255]),
  day: '2024-02-29',
  mood: 'glad',
  createdAt: new Date('2024-02-29T12:34:56.789Z'),
} as const;

// With the guarded pool on our own path, without it on pg's: the same answers.
describe.each([
  ['the guarded pool', guardedPool({ max: 4 })],
  ['a stock pool', { extra: { max: 4 } }],
])('standard operations over %s', (_name, pool) => {
  let test: TestDatabase;
  const a: SearchScope<ArticleRow> = tenant('a');
  const b: SearchScope<ArticleRow> = tenant('b');

  beforeAll(async () => void (test = await testDatabase([ArticleRow], pool)));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const inDatabase = (): Promise<Record<string, unknown>[]> =>
    test.dataSource.query('SELECT * FROM articles ORDER BY id');

  it('stores every kind of value and reads it back as it was', async () => {
    const created = await run(articles.create(a, article(everything)));

    expect(created).toMatchObject({ ...everything, tenant: 'a', version: 1, deletedAt: null });
    expect(await run(articles.get(a, created.id))).toEqual(created);
    const typeOrm = await test.dataSource.getRepository(ArticleRow).findOneByOrFail({ id: created.id });
    expect({ ...typeOrm, bytes: new Uint8Array(typeOrm.bytes!) }).toEqual(created);
  });

  it('reads NULLs, and defaults that the database gives', async () => {
    const { id } = await run(articles.create(a, article({ price: null })));

    const read = await run(articles.get(a, id));

    expect(read).toMatchObject({ price: null, scores: null, facts: null, rank: 0, views: '0', tags: [], mood: null });
    expect(read.createdAt).toBeInstanceOf(Date);
  });

  it('freezes what callers get, all the way down', async () => {
    const { id } = await run(articles.create(a, article(everything)));

    const read = await run(articles.get(a, id));

    expect([read, read.tags, read.facts, (read.facts as { list: object }).list].every(Object.isFrozen)).toBe(true);
  });

  it('refuses a value that its column cannot hold before any SQL, naming it', async () => {
    const refused = async (values: object): Promise<unknown> =>
      run(articles.create(a, article(values))).catch((error: unknown) => error);

    expect(await refused({ rank: 1.5 })).toMatchObject({ reason: 'INVALID_VALUE', pointer: '/rank' });
    expect(await refused({ title: 'a\0b' })).toMatchObject({ reason: 'INVALID_VALUE', pointer: '/title' });
    expect(await refused({ tags: ['a', '\ud800'] })).toMatchObject({ reason: 'INVALID_VALUE', pointer: '/tags/1' });
    expect(await refused({ createdAt: new Date(NaN) })).toMatchObject({ pointer: '/createdAt' });
    expect(await refused({ views: '9223372036854775808' })).toMatchObject({ pointer: '/views' });
    expect(await refused({ colour: 'red' })).toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/colour' });
    expect(await inDatabase()).toEqual([]);
  });

  it('tells a key that is taken from another constraint and from a missing value', async () => {
    const { id } = await run(articles.create(a, article({ title: 'one' })));

    await expect(run(articles.create(a, article({ id })))).rejects.toThrow(`There is an article ${id} already.`);
    await expect(run(articles.create(a, article({ title: 'one' })))).rejects.toThrow('This title is taken.');
    await expect(run(articles.create(a, article({ title: null as never })))).rejects.toBeInstanceOf(NotNullViolation);
  });

  it('keeps the text of the database out of what clients see', async () => {
    await run(articles.create(a, article({ title: 'secret title' })));

    const error = await run(articles.create(a, article({ title: 'secret title' }))).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(EntityAlreadyExists);
    expect(JSON.stringify((error as EntityAlreadyExists).toProblem())).not.toMatch(/secret|articles_title|Key/);
  });

  describe('with two tenants', () => {
    let mine: string;
    let foreign: string;

    beforeEach(async () => {
      mine = (await run(articles.create(a, article({ title: 'mine' })))).id;
      foreign = (await run(articles.create(b, article({ title: 'foreign' })))).id;
    });

    it('answers for a foreign row as for a missing one, whatever is asked', async () => {
      const before = await inDatabase();
      const specs = (id: string) => [
        articles.get(a, id),
        articles.update(a, id, { changes: { title: 'taken over' } }),
        articles.update(a, id, { changes: {} }),
        articles.delete(a, id),
        articles.restore(a, id),
        articles.purge(a, id),
      ];

      const answers = async (id: string): Promise<unknown[]> =>
        Promise.all(specs(id).map((spec) => run<unknown>(spec as never).catch((error: unknown) => error)));

      const missing = newId();
      expect((await answers(foreign)).map((error) => String(error).replace(foreign, missing))).toEqual(
        (await answers(missing)).map(String),
      );
      expect((await answers(foreign)).every((error) => error instanceof EntityNotFound)).toBe(true);
      expect(await inDatabase()).toEqual(before);
      expect(await run(articles.find(a, foreign))).toBeNull();
      expect(await run(articles.loadMany(a, [foreign, mine]))).toEqual([null, expect.objectContaining({ id: mine })]);
    });

    it('neither finds, counts nor changes foreign rows by condition', async () => {
      const all = where<ArticleRow>({ title: { ne: 'nobody has it' } });

      const page = await run(articles.search(a, batchQuerier({ pagination: { limit: 9, offset: 0 }, total: 'exact' })));

      expect(page.items.map(({ id }) => id)).toEqual([mine]);
      expect(page.total).toEqual({ value: 1, exact: true });
      expect(await run(articles.count(a, all))).toBe(1);
      expect(await run(articles.count([a, b], all))).toBe(2);
      expect(await run(articles.count(unscoped('a test'), all))).toBe(2);
      expect(await run(articles.batchUpdate(a, [mine, foreign], { changes: { rank: 5 } }))).toEqual({ count: 1 });
      expect(await run(articles.batchUpdate(a, everyRow('a test'), { changes: { rank: 6 } }))).toEqual({ count: 1 });
      expect(await run(articles.batchDelete(a, all))).toEqual({ count: 1 });
      expect(await run(articles.batchPurge(a, [mine, foreign]))).toEqual({ count: 1 });
      expect(await inDatabase()).toMatchObject([{ id: foreign, rank: 0, deleted_at: null }]);
    });

    it('creates nothing outside of the scope, and moves nothing out of it', async () => {
      await expect(run(articles.create(a, article({ tenant: 'b' })))).rejects.toBeInstanceOf(OutsideScope);
      await expect(run(articles.bulkCreate(a, [article({ tenant: 'b' })]))).rejects.toBeInstanceOf(OutsideScope);
      await expect(run(articles.create([a, b], article({ tenant: 'c' })))).rejects.toBeInstanceOf(OutsideScope);
      await expect(run(articles.update(a, mine, { changes: { tenant: 'b' } }))).rejects.toBeInstanceOf(OutsideScope);
      expect(await run(articles.create([a, b], article({ tenant: 'b' })))).toMatchObject({ tenant: 'b' });
      expect(await inDatabase()).toHaveLength(3);
    });

    it('refuses a scope that is missing, forged or empty', async () => {
      for (const scope of [undefined, null, [], {}, { name: 'tenant', stamp: {} }, [a, undefined], 'a']) {
        await expect(run(articles.count(scope as never, {}))).rejects.toBeInstanceOf(Misuse);
      }
      expect(() => tenant(undefined as never)).toThrow(Misuse);
      expect(() => tenant('')).toThrow(Misuse);
    });
  });

  it('creates many at once, all or nothing, and answers in the order given', async () => {
    const rows = Array.from({ length: 100 }, (_, i) =>
      article({ ...everything, title: `bulk ${i}`, rank: (i * 37) % 100 }),
    );

    const created = await run(articles.bulkCreate(a, rows));

    expect(created.map(({ id }) => id)).toEqual(rows.map(({ values }) => values.id));
    expect(created[42]).toMatchObject({ ...everything, title: 'bulk 42', rank: (42 * 37) % 100, tenant: 'a' });
    const twice = [article({ title: 'new' }), article({ title: 'bulk 7' })];
    await expect(run(articles.bulkCreate(a, twice))).rejects.toThrow('This title is taken.');
    const taken = [article(), article({ id: created[3]!.id })];
    await expect(run(articles.bulkCreate(a, taken))).rejects.toThrow('There is one of these already.');
    expect(await inDatabase()).toHaveLength(100);
    expect(await run(articles.bulkCreate(a, []))).toEqual([]);
  });

  it('joins what was stored to what was given by the key itself, however it is written', async () => {
    const [one, two] = [newId(), newId()];
    const rows = [two.toUpperCase(), one].map((id) => article({ id }));

    const created = await run(articles.bulkCreate(a, rows));

    expect(created.map(({ id }) => id)).toEqual([two, one]);
    const found = await run(articles.loadMany(a, [one.toUpperCase(), newId(), two, one]));
    expect(found.map((each) => each?.id ?? null)).toEqual([one, null, two, one]);
  });

  it('matches what is in an array of a text of limited length', async () => {
    await run(articles.create(a, article({ tags: ['x', 'y'] })));

    expect(await run(articles.count(a, { tags: { has: 'x', hasAny: ['z', 'y'], hasAll: ['x', 'y'] } }))).toBe(1);
    expect(await run(articles.count(a, { tags: { hasAll: ['x', 'z'] } }))).toBe(0);
  });

  it('creates rows that give different columns in one trip, and makes the keys that are not given', async () => {
    const created = await run(
      articles.bulkCreate(a, [{ values: { title: 'x' } }, article({ rank: 7 }), { values: { title: 'y' } }]),
    );

    expect(created.map(({ title, rank }) => [title, rank])).toEqual([
      ['x', 0],
      [expect.any(String), 7],
      ['y', 0],
    ]);
    expect(
      await run(
        articles.loadMany(
          a,
          created.map(({ id }) => id),
        ),
      ),
    ).toEqual(created);
  });

  it('changes what is given, leaves what is absent, and keeps the books', async () => {
    const before = await run(articles.create(a, article({ price: '1.50', rank: 3, createdAt: new Date(0) })));

    const after = await run(
      articles.update(a, before.id, {
        changes: {
          price: null,
          rank: OptionalState.nop(),
          day: TriState.update('2020-01-01'),
          mood: TriState.nullify(),
        },
      }),
    );

    expect(after).toMatchObject({ price: null, rank: 3, day: '2020-01-01', mood: null, version: 2 });
    expect(after.modifiedAt.getTime()).toBeGreaterThanOrEqual(before.modifiedAt.getTime());
    expect(await run(articles.update(a, before.id, { changes: { rank: OptionalState.nop() } }))).toEqual(after);
    const refused = articles.update(a, before.id, { changes: { id: newId() } });
    await expect(run(refused)).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/id' });
  });

  it('changes a row only if it meets the condition, by the clock of the database where that is said', async () => {
    const { id, createdAt } = await run(articles.create(a, article({ rank: 1 })));
    const raise = (from: number) =>
      run(articles.updateIf(a, id, { rank: { eq: from } }, { changes: { rank: 2, createdAt: databaseTime } }));

    const [changed, refused] = [await raise(1), await raise(1)];

    expect(changed).toMatchObject({ rank: 2, version: 2 });
    expect(changed!.createdAt.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
    expect(refused).toBeNull();
    expect(await run(articles.updateIf(b, id, {}, { changes: { rank: 3 } }))).toBeNull();
    await expect(run(articles.updateIf(a, id, {}, { changes: {} }))).rejects.toBeInstanceOf(InvalidInput);
    await expect(run(articles.updateIf(a, id, {}, { changes: { tenant: 'b' } }))).rejects.toBeInstanceOf(OutsideScope);
  });

  it('hides deleted rows until they are restored, and purges either', async () => {
    const { id } = await run(articles.create(a, article()));

    const deleted = await run(articles.delete(a, id));

    expect(deleted.deletedAt).toBeInstanceOf(Date);
    await expect(run(articles.get(a, id))).rejects.toBeInstanceOf(EntityNotFound);
    await expect(run(articles.delete(a, id))).rejects.toBeInstanceOf(EntityNotFound);
    await expect(run(articles.update(a, id, { changes: { rank: 1 } }))).rejects.toBeInstanceOf(EntityNotFound);
    expect(await run(articles.get(a, id, { includeDeleted: true }))).toEqual(deleted);
    expect(await run(articles.restore(a, id))).toMatchObject({ deletedAt: null });
    await run(articles.delete(a, id));
    expect(await run(articles.purge(a, id))).toMatchObject({ id });
    expect(await inDatabase()).toEqual([]);
  });

  it('refuses a batch that means every row without saying so, or changes nothing', async () => {
    await run(articles.create(a, article()));

    const empty: QueryCondition<ArticleRow>[] = [
      ...(['contains', 'startsWith', 'endsWith', 'icontains', 'istartsWith', 'iendsWith', 'lt', 'gte'] as const).map(
        (operator) => ({ title: { [operator]: '' } }),
      ),
      ...(['in', 'notIn', 'iin'] as const).map((operator) => ({ title: { [operator]: [] } })),
      ...(['hasAny', 'hasAll'] as const).map((operator) => ({ tags: { [operator]: [] } })),
      ...[{}, []].map((contains) => ({ facts: { contains } })),
      ...[{ in: [] }, { notIn: [] }, { gte: '' }].map((one) => ({ facts: { at: { path: ['in'], ...one } } })),
    ];
    for (const target of [{}, { and: [] }, ...empty, { or: [empty[0]!] }, ...empty.map((not) => ({ not }))]) {
      await expect(run(articles.batchPurge(a, target))).rejects.toBeInstanceOf(InvalidInput);
    }
    await expect(run(articles.batchUpdate(a, everyRow('a test'), { changes: {} }))).rejects.toBeInstanceOf(
      InvalidInput,
    );
    expect(await run(articles.batchPurge(a, []))).toEqual({ count: 0 });
    for (const target of [
      { title: { eq: '' } },
      { title: { iin: [''] } },
      { facts: { contains: '' } },
      { facts: { contains: { in: [] } } },
      { facts: { at: { path: ['in', 'lt'], eq: [] } } },
    ]) {
      expect(await run(articles.batchPurge(a, target))).toEqual({ count: 0 });
    }
    expect(await inDatabase()).toHaveLength(1);
  });

  it('tells no parents apart by an array or json', () => {
    const page = batchQuerier<ArticleRow>({ pagination: { first: 1 } });

    expect(articles.pagesPerParent(a, { by: 'title', parents: ['x'] }, page).name).toBe('pagesPerParent');
    // @ts-expect-error -- an array
    expect(articles.pagesPerParent(a, { by: 'tags', parents: [] }, page).name).toBe('pagesPerParent');
    // @ts-expect-error -- a jsonb column
    expect(articles.pagesPerParent(a, { by: 'facts', parents: [] }, page).name).toBe('pagesPerParent');
  });

  it('answers a search without matches with an empty page and its total', async () => {
    const none = batchQuerier<ArticleRow>({ pagination: { first: 5 }, conditions: [{ or: [] }], total: 'exact' });

    const page = await run(articles.search(a, none));

    expect(JSON.parse(JSON.stringify(page))).toEqual({
      items: [],
      total: { value: 0, exact: true },
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
      cursors: [],
    });
  });
});
