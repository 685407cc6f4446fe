import { orderExpression } from '@holdfast/querier';
import { sampleColumnNames, type SampleColumnName } from './sample-columns.js';
import type { SampleRow } from './sample-row.js';
import { everyDirection, everyWay, type WalkedKey, type WalkedOrder } from './walked-order.js';

const column = (name: SampleColumnName | 'rank' | 'word'): WalkedKey => ({ by: name, sql: `s."${name}"` });

const behind = (by: 'parent.name' | 'parent.rank'): WalkedKey => ({ by, sql: by.replace('parent', 'p') });

const expression = (sql: string, type: string, nullable: boolean): WalkedKey => ({
  by: orderExpression<SampleRow>({ sql, type, nullable }),
  sql: sql.replace(/\{(\w+)\}/g, 's."$1"'),
});

const keyLists = (...lists: readonly (readonly WalkedKey[])[]): readonly WalkedOrder[] =>
  lists.flatMap((keys) => everyWay(keys));

/** Each type alone, ties broken by id in both directions. */
export const ordersByOneColumn = sampleColumnNames.flatMap((name) =>
  (['asc', 'desc'] as const).flatMap((ties) => everyWay([column(name)], ties)),
);

/** Each type alone, ascending. */
export const plainOrders = sampleColumnNames.flatMap((name) => everyWay([column(name)]).slice(0, 1));

const pairs = [
  [column('boolean'), column('numeric')],
  [column('enum'), column('timestamptz')],
  [column('rank'), column('date')],
];
const triples = [
  [column('boolean'), column('enum'), column('float8')],
  [column('enum'), column('rank'), column('timestamp')],
];

export const ordersByTwo = keyLists(...pairs, [column('word'), column('bytea')]);

export const ordersByThree = keyLists(...triples);

export const filledOrdersByTwo = pairs.flatMap(everyDirection);

export const filledOrdersByThree = triples.flatMap(everyDirection);

/** Said to have few ties, which is not always true and must do no more harm than cost time. */
export const ordersOfFewTies = [
  [{ ...column('date'), fewTies: true }, column('boolean')],
  [{ ...column('enum'), fewTies: true }, column('rank'), column('bytea')],
].flatMap(everyDirection);

export const ordersByExpression = keyLists(
  [expression('lower({text})', 'text', true)],
  [expression('{bigint} % 10', 'bigint', true), column('rank')],
  [expression('coalesce({numeric}, 0)', 'numeric', false)],
  [expression('{boolean} OR {rank} > 2', 'boolean', true)],
  [column('boolean'), expression('length({text}) + {rank}', 'int', true)],
);

export const ordersByRelation = keyLists(
  [behind('parent.name')],
  [behind('parent.rank'), column('boolean')],
  [column('enum'), behind('parent.name'), column('rank')],
);
