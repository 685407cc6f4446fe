import { afterAll, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { entityOperations } from '@holdfast/base';
import { fields, order, searchScope } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { orderCases } from '../src/index.js';

interface Leaf {
  id: number;
  tree: string;
  color: string;
  size: number;
}

const LeafRow = new EntitySchema<Leaf>({
  name: 'Leaf',
  columns: {
    id: { type: 'integer', primary: true },
    tree: { type: 'text' },
    color: { type: 'text' },
    size: { type: 'integer' },
  },
  indices: [{ columns: ['tree', 'size', 'id'] }],
});
const leaves = entityOperations<Leaf, Leaf, number>({
  entity: LeafRow,
  toData: (row) => row,
  notFound: () => new EntityNotFound('leaf', 'No such leaf.'),
  alreadyExists: () => new EntityAlreadyExists('leaf'),
});

const { cases, close } = orderCases<Leaf>({
  tables: { entities: [LeafRow] },
  fill: ({ dataSource }) =>
    dataSource.query(`
      INSERT INTO leaf SELECT n, CASE WHEN n > 10000 THEN 'oak' ELSE 'elm' END, 'green ' || n * 7919 % 20011, n % 100
      FROM generate_series(1, 20000) n`),
  search: (querier) => leaves.search(searchScope<Leaf>({ name: 'tree', equals: { tree: 'oak' } }), querier),
  orders: { size: (options) => order<Leaf>('size', options), color: (options) => order<Leaf>('color', options) },
  fields: fields<Leaf>({
    size: { type: 'integer', operators: ['eq'], order: true },
    color: { type: 'text', operators: ['eq'], order: true },
    tree: { type: 'text', operators: ['eq'] },
  }),
});
afterAll(close);

it('ask for each order in both directions, and for each that requests have', () => {
  expect(cases.map(({ title }) => title)).toEqual([
    'a page by size, ascending, is read by an index',
    'a page by size, descending, is read by an index',
    'a page by color, ascending, is read by an index',
    'a page by color, descending, is read by an index',
    'a page that a request orders by size is read by an index',
    'a page that a request orders by color is read by an index',
  ]);
});

it.each(cases)('$title, or else it is told what is read', async ({ title, run }) => {
  const isServed = title.includes('size');

  const told = await run().then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  expect(told).toMatch(isServed ? /^nothing$/ : /^(1|2)0\d{3} rows are read for a page of 20, by /);
});
