import { batchQuerier, order, searchScope, unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitySchema } from 'typeorm';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface AuthorRow {
  id: string;
  name: string;
  books?: readonly BookRow[];
}
/** The entity has relations only; the row says what their columns are called. */
interface BookRow {
  id: number;
  title: string;
  author?: AuthorRow;
  authorId: string;
  sequel?: BookRow | null;
  next_book: number | null;
}
const Author = new EntitySchema<AuthorRow>({
  name: 'Author',
  columns: {
    // What the key stores, the foreign key stores.
    id: {
      type: 'text',
      primary: true,
      transformer: { to: (id: string) => `a:${id}`, from: (stored: string) => stored.slice(2) },
    },
    name: { type: 'text' },
  },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' } },
});
const Book = new EntitySchema<BookRow>({
  name: 'Book',
  columns: { id: { type: 'int', primary: true, generated: true }, title: { type: 'text' } },
  relations: {
    author: { type: 'many-to-one', target: 'Author', nullable: false, inverseSide: 'books' },
    sequel: { type: 'one-to-one', target: 'Book', nullable: true, joinColumn: { name: 'next_book' } },
  },
});
const authors = operationsOf<AuthorRow>(Author);
const books = operationsOf<BookRow, number>(Book);
const all = unscoped('a test');

describe.each(bothPools)('foreign keys without a property %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([Author, Book], pool);
    const { database } = test;
    for (const id of ['ann', 'ben']) await database.execute(authors.create(all, { values: { id, name: id } }));
    const second = await database.execute(books.create(all, { values: { title: 'two', authorId: 'ben' } }));
    await database.execute(books.create(all, { values: { title: 'one', authorId: 'ann', next_book: second.id } }));
  });
  afterAll(() => test.close());

  it('are written and read under the names of their columns', async () => {
    const book = await test.database.execute(books.get(all, 2));
    const changed = await test.database.execute(books.update(all, 2, { changes: { next_book: null } }));
    const restored = await test.database.execute(books.update(all, 2, { changes: { next_book: 1 } }));
    const stored = await test.dataSource.query<readonly object[]>('SELECT "authorId" FROM book WHERE id = 2');

    expect(book).toEqual({ id: 2, title: 'one', authorId: 'ann', next_book: 1 });
    expect(changed.next_book).toBeNull();
    expect(restored.next_book).toBe(1);
    expect(stored).toEqual([{ authorId: 'a:ann' }]);
  });

  it('are asked about, ordered by, and led over', async () => {
    const ids = async (parts: Partial<Parameters<typeof batchQuerier<BookRow>>[0]>) => {
      const querier = batchQuerier<BookRow>({ pagination: { noPagination: true }, ...parts });
      return (await test.database.execute(books.search(all, querier))).items.map(({ id }) => id);
    };

    expect(await ids({ conditions: [{ authorId: { eq: 'ann' } }] })).toEqual([2]);
    expect(await ids({ conditions: [{ author: { is: { name: { eq: 'ben' } } } }] })).toEqual([1]);
    expect(await ids({ conditions: [{ sequel: { is: { author: { is: { name: { eq: 'ben' } } } } } }] })).toEqual([2]);
    expect(await ids({ orders: [order('author.name')] })).toEqual([2, 1]);
    expect(await ids({ orders: [order('authorId', { ascending: false })] })).toEqual([1, 2]);
    expect(await test.database.execute(authors.count(all, { books: { some: { title: { eq: 'one' } } } }))).toBe(1);
  });

  it('say whose a row is', async () => {
    const ann = searchScope<BookRow>({ name: 'author', equals: { authorId: 'ann' } });

    const created = await test.database.execute(books.create(ann, { values: { title: 'three' } }));

    expect(created.authorId).toBe('ann');
    expect(await test.database.execute(books.count(ann, {}))).toBe(2);
    await expect(test.database.execute(books.get(ann, 1))).rejects.toMatchObject({ httpStatus: 404 });
    await test.database.execute(books.purge(ann, created.id));
  });
});

it('a foreign key whose column is called like another property is refused', async () => {
  interface PairRow {
    id: number;
    other: number;
  }
  const Pair = new EntitySchema<PairRow & { partner?: PairRow }>({
    name: 'Pair',
    columns: { id: { type: 'int', primary: true }, other: { type: 'int', name: 'something' } },
    relations: { partner: { type: 'many-to-one', target: 'Pair', joinColumn: { name: 'other' } } },
  });
  const test = await testDatabase([Pair]);

  const found = test.database.execute(operationsOf<PairRow, number>(Pair).find(all, 1));

  await expect(found).rejects.toThrow('Pair: a foreign key in the column "other", beside the property other');
  await test.close();
});
