import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Scope, searchScope, unscoped } from '@holdfast/querier';
import { testDatabase } from '../fixture/test-database.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';

type Test = Awaited<ReturnType<typeof testDatabase>>;

const pinned = (name: string): Scope<ArticleRow> =>
  searchScope<ArticleRow>({ name: 'pinned', equals: { tenant: name, isPinned: true } });
const pinnedFirst = (name: string): Scope<ArticleRow> =>
  searchScope<ArticleRow>({ name: 'pinned', equals: { isPinned: true, tenant: name } });
const ranked = (name: string): Scope<ArticleRow> =>
  searchScope<ArticleRow>({ name: 'ranked', equals: { tenant: name }, where: { rank: { gt: 5 } } });
const union = (name: string): Scope<ArticleRow> => [tenant(name), tenant('shared')];

/** Every form of scope, and whether a row of tenant a, of b and of `shared` that is pinned, or ranked, is in it. */
const scopes: readonly (readonly [name: string, of: (tenant: string) => Scope<ArticleRow>, sees: string])[] = [
  ['one column', tenant, 'plain pinned ranked'],
  ['two columns', pinned, 'pinned'],
  ['two columns in another order', pinnedFirst, 'pinned'],
  ['a condition besides', ranked, 'ranked'],
  ['a union', union, 'plain pinned ranked shared'],
  ['none', () => unscoped('of a test'), 'plain pinned ranked shared other'],
];

// Statements are kept by what they are made of: none may be taken for that of another scope.
describe('operations by id in scopes of every form, in turn and again', () => {
  let test: Test;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    const rows = { plain: {}, pinned: { isPinned: true }, ranked: { rank: 9 }, shared: {}, other: {} };
    for (const [name, values] of Object.entries(rows)) {
      const owner = name === 'shared' ? 'shared' : name === 'other' ? 'b' : 'a';
      ids[name] = (await test.database.execute(articles.create(tenant(owner), article(values)))).id;
    }
  });
  afterAll(() => test.close());

  const reached = async (attempt: (id: string) => Promise<object | null>): Promise<string> => {
    const names: string[] = [];
    for (const [name, id] of Object.entries(ids)) {
      const found = await attempt(id).catch((error: { readonly httpStatus?: number }) => {
        if (error.httpStatus === 404 || error.httpStatus === 409) return null;
        throw error;
      });
      if (found !== null) names.push(name);
    }
    return names.join(' ');
  };

  it.each([1, 2])('reach what is in them, and nothing else (time %i)', async (time) => {
    const { database } = test;
    const seen: Record<string, readonly string[]> = {};
    for (const [form, of] of scopes) {
      const scope = of('a');
      seen[form] = [
        await reached((id) => database.execute(articles.get(scope, id))),
        await reached((id) => database.execute(articles.find(scope, id))),
        await reached((id) => database.execute(articles.get(scope, id, { includeDeleted: true }))),
        await reached((id) =>
          database.beginSession((dbSession) => dbSession.execute(articles.find(scope, id, { lock: 'update' }))),
        ),
        await reached((id) => database.execute(articles.update(scope, id, { changes: { views: String(time) } }))),
        await reached((id) => database.execute(articles.update(scope, id, { changes: { views: '0', ratio: time } }))),
        await reached((id) => database.execute(articles.delete(scope, id))),
        await reached((id) => database.execute(articles.get(scope, id))),
        await reached((id) => database.execute(articles.get(scope, id, { includeDeleted: true }))),
        await reached((id) => database.execute(articles.restore(scope, id))),
      ];
    }
    expect(seen).toEqual(
      Object.fromEntries(
        scopes.map(([form, , sees]) => [form, [sees, sees, sees, sees, sees, sees, sees, '', sees, sees]]),
      ),
    );
  });

  it.each([1, 2])('upsert what is in them, and nothing else (time %i)', async (time) => {
    const seen: Record<string, string> = {};
    // Rows are created in a scope without conditions; of a union, in the one that the given row is in.
    const creating = scopes.filter(([form]) => form !== 'a condition besides' && form !== 'none');
    for (const [form, of] of creating) {
      const values = { tenant: 'a', ...(form.startsWith('two columns') ? { isPinned: true } : {}) };
      await test.database.execute(articles.upsert(unscoped('of the same columns'), article(values)));
      seen[form] = await reached((id) =>
        test.database.execute(
          articles.upsert(of('a'), article({ id, title: `${form.slice(-5)} ${id.slice(-12)} ${time}`, ...values })),
        ),
      );
    }
    expect(seen).toEqual({
      'one column': 'plain pinned ranked',
      'two columns': 'pinned',
      'two columns in another order': 'pinned',
      'a union': 'plain pinned ranked',
    });
  });

  it('purge what is in them, and nothing else', async () => {
    const { database } = test;
    const gone: string[] = [];
    for (const [, of] of scopes) gone.push(await reached((id) => database.execute(articles.purge(of('a'), id))));

    expect(gone).toEqual(['plain pinned ranked', '', '', '', 'shared', 'other']);
  });
});
