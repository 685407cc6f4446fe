import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchQuerier, searchScope, unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { applyTo } from '../src/index.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

interface Page {
  readonly id: number;
  readonly tenant: string;
  readonly bookId: number;
}
interface LazyBook {
  readonly id: number;
  readonly tenant: string;
  readonly pages: Promise<readonly Page[]>;
}
interface EagerBook {
  readonly id: number;
  readonly tenant: string;
  readonly pages: readonly Page[];
}
interface Shelf {
  readonly id: number;
  readonly tenant: string;
  readonly bookId: number;
  readonly book: LazyBook | null;
}

const own = { id: { type: 'int', primary: true }, tenant: { type: 'text' } } as const;
const toBook = (target: string) =>
  ({ type: 'many-to-one', target, joinColumn: { name: 'bookId' }, createForeignKeyConstraints: false }) as const;
const Page = new EntitySchema<Page & { lazyBook?: LazyBook; eagerBook?: EagerBook }>({
  name: 'Page',
  columns: { ...own, bookId: { type: 'int' } },
  relations: {
    lazyBook: { ...toBook('LazyBook'), inverseSide: 'pages' },
    eagerBook: { ...toBook('EagerBook'), inverseSide: 'pages' },
  },
});
const LazyBook = new EntitySchema<LazyBook>({
  name: 'LazyBook',
  columns: own,
  relations: { pages: { type: 'one-to-many', target: 'Page', inverseSide: 'lazyBook', lazy: true } },
});
const EagerBook = new EntitySchema<EagerBook>({
  name: 'EagerBook',
  columns: own,
  relations: { pages: { type: 'one-to-many', target: 'Page', inverseSide: 'eagerBook', eager: true } },
});
const Shelf = new EntitySchema<Shelf>({
  name: 'Shelf',
  columns: { ...own, bookId: { type: 'int' } },
  relations: { book: toBook('LazyBook') },
});

const pagesOfA = searchScope<Page>({ name: 'tenant', equals: { tenant: 'a' } });
const mine = <Row extends { readonly tenant: string }>(related: object) =>
  searchScope<Row>({ name: 'tenant', equals: { tenant: 'a' } as never, related: related as never });
const everything = { pagination: { noPagination: true } } as const;

describe('relations that TypeORM loads by itself', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([Page, LazyBook, EagerBook, Shelf]);
    await test.dataSource.query(`
      INSERT INTO lazy_book VALUES (1, 'a'); INSERT INTO eager_book VALUES (1, 'a');
      INSERT INTO shelf VALUES (1, 'a', 1); INSERT INTO page VALUES (1, 'a', 1), (2, 'b', 1)`);
  });
  afterAll(() => test.close());

  it('are refused where they are lazy, of the entity and of what is joined: nothing would scope them', async () => {
    const books = test.dataSource.createQueryBuilder(LazyBook, 'book');
    const shelves = test.dataSource.createQueryBuilder(Shelf, 'shelf').leftJoinAndSelect('shelf.book', 'book');
    const book = await books.getOneOrFail();
    expect((await book.pages).map(({ tenant }) => tenant)).toEqual(['a', 'b']);

    const message = 'The builder says lazy: true';
    expect(() => applyTo(books, mine<LazyBook>({ pages: pagesOfA }), batchQuerier(everything))).toThrow(message);
    expect(() => applyTo(books, unscoped('a test'), batchQuerier(everything))).toThrow(message);
    expect(() => applyTo(shelves, mine<Shelf>({ book: mine<LazyBook>({}) }), batchQuerier(everything))).toThrow(
      message,
    );
    const alone = test.dataSource.createQueryBuilder(Shelf, 'shelf');
    expect((await applyTo(alone, mine<Shelf>({}), batchQuerier(everything)).getPage()).items).toHaveLength(1);
  });

  it('are joined where they are eager and find options ask for them, within the scope like other joins', async () => {
    const books = test.dataSource.createQueryBuilder(EagerBook, 'book');
    const scope = mine<EagerBook>({ pages: pagesOfA });
    const eager = books.clone().setFindOptions({});
    const byQuery = books.clone().setFindOptions({ relationLoadStrategy: 'query' });

    expect((await applyTo(books, scope, batchQuerier(everything)).getPage()).items).toEqual([{ id: 1, tenant: 'a' }]);
    expect((await applyTo(eager, scope, batchQuerier(everything)).getPage()).items).toMatchObject([
      { pages: [{ id: 1, tenant: 'a' }] },
    ]);
    expect(() => applyTo(eager, mine<EagerBook>({}), batchQuerier(everything))).toThrow('behind pages');
    expect(() => applyTo(byQuery, scope, batchQuerier(everything))).toThrow('relationLoadStrategy');
  });
});
