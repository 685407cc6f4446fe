// What must not compile; checked by `tsc -p tsconfig.json`. A line that compiles although it should not is an error too.

import {
  and,
  type BatchQuerier,
  batchQuerier,
  type Cursor,
  type EntityShape,
  entityShape,
  fields,
  type FieldSet,
  type Jsonb,
  order,
  orderExpression,
  type Pagination,
  type QueryCondition,
  type Scope,
  type SearchScope,
  searchScope,
  textMatch,
  type Unscoped,
  unscoped,
  where,
} from '../src/index.js';
import type { Thing } from './fixture/thing.js';

interface Other {
  id: string;
  region: string;
}

/** Has all the columns of Other, and one more. */
interface Wider extends Other {
  zone: string;
}

// What is meant to compile.
where<Thing>({ name: { contains: 'a', isNull: false }, rank: { gte: 1, lt: 9 }, mood: { in: ['glad'] } });
where<Thing>({ createdAt: { gte: new Date() }, tags: { has: 'a' }, scores: { hasAny: [1], isNull: true } });
where<Thing>({ facts: { contains: { a: 1 }, hasKey: 'a' }, bytes: { eq: new Uint8Array() }, isPinned: { ne: true } });
and<Thing>({ or: [{ rank: { eq: 1 } }, { not: { views: { gt: '1' } } }] }, where<Thing>({}));
batchQuerier<Thing>({ pagination: { last: 1, before: null }, orders: [order<Thing>('price', { nulls: 'last' })] });
batchQuerier<Thing>({ pagination: { noPagination: true }, total: { atMost: 5 } });

// Columns and operators.
// @ts-expect-error there is no such column
where<Thing>({ colour: { eq: 'red' } });
// @ts-expect-error a value is not an operator
where<Thing>({ name: 'a' });
// @ts-expect-error there is no such operator
where<Thing>({ name: { like: 'a%' } });
// @ts-expect-error another type
where<Thing>({ rank: { eq: '1' } });
// @ts-expect-error another type in a list
where<Thing>({ rank: { in: [1, '2'] } });
// @ts-expect-error a value where a list is needed
where<Thing>({ rank: { in: 1 } });
// @ts-expect-error contains is for texts
where<Thing>({ rank: { contains: '1' } });
// @ts-expect-error nothing is before true
where<Thing>({ isPinned: { lt: true } });
// @ts-expect-error no order among bytes
where<Thing>({ bytes: { gt: new Uint8Array() } });
// @ts-expect-error not one of the values
where<Thing>({ mood: { eq: 'angry' } });
// @ts-expect-error a text is not a time
where<Thing>({ createdAt: { gte: '2024-01-01' } });
// @ts-expect-error has is for lists
where<Thing>({ name: { has: 'a' } });
// @ts-expect-error an array is not compared as a whole
where<Thing>({ tags: { eq: ['a'] } });
// @ts-expect-error another type of element
where<Thing>({ scores: { has: 'a' } });
// @ts-expect-error a document is not compared as a whole
where<Thing>({ facts: { eq: { a: 1 } } });
// @ts-expect-error a function is no JSON
where<Thing>({ facts: { contains: () => 1 } });

// What is absent.
// @ts-expect-error undefined is never a value
where<Thing>({ name: { eq: undefined } });
// @ts-expect-error nor a condition
where<Thing>({ name: undefined });
// @ts-expect-error NULL is asked for by isNull
where<Thing>({ name: { eq: null } });
// @ts-expect-error NULL is in no list
where<Thing>({ name: { in: ['a', null] } });
// @ts-expect-error a column that has no NULLs
where<Thing>({ rank: { isNull: true } });
// @ts-expect-error nor has this one
where<Thing>({ tags: { isNull: true } });

// Groups.
// @ts-expect-error a list is needed
where<Thing>({ or: { rank: { eq: 1 } } });
// @ts-expect-error one condition is needed
where<Thing>({ not: [{ rank: { eq: 1 } }] });
// @ts-expect-error groups hold conditions on the same row
where<Thing>({ and: [{ region: { eq: 'r' } }] });
// @ts-expect-error so do texts
textMatch<Thing>('region', 'equals', 'a');
// @ts-expect-error a list only for in
textMatch<Thing>('name', 'equals', ['a']);

// Orders.
// @ts-expect-error there is no such column
order<Thing>('colour');
// @ts-expect-error nothing is ordered by a list
order<Thing>('tags');
// @ts-expect-error nor by a document
order<Thing>('facts');
// @ts-expect-error there are two directions
batchQuerier<Thing>({ pagination: { first: 1 }, orders: [{ by: 'rank', dir: 'down' }] });
// @ts-expect-error an order of another row
batchQuerier<Thing>({ pagination: { first: 1 }, orders: [order<Other>('region')] });

// Pages.
// @ts-expect-error a page is always said
batchQuerier<Thing>({ conditions: [] });
// @ts-expect-error half of an offset
batchQuerier<Thing>({ pagination: { limit: 1 } });
// @ts-expect-error two ways at once
batchQuerier<Thing>({ pagination: { first: 1, limit: 1, offset: 0 } });
// @ts-expect-error forward from the other end
batchQuerier<Thing>({ pagination: { first: 1, before: null } });
// @ts-expect-error all, and only some
batchQuerier<Thing>({ pagination: { noPagination: true, first: 1 } });
// @ts-expect-error a text is no cursor
batchQuerier<Thing>({ pagination: { first: 1, after: 'x' } });
// @ts-expect-error everything is meant or not
batchQuerier<Thing>({ pagination: { noPagination: false } });
// @ts-expect-error a number needs its meaning
batchQuerier<Thing>({ pagination: { first: 1 }, total: 5 });
export const page = (after: Cursor | null): Pagination => ({ first: 1, after });

// Scopes.
declare const thingScope: SearchScope<Thing>;
declare const otherScope: SearchScope<Other>;
declare const widerScope: SearchScope<Wider>;
declare function read(scope: Scope<Thing>): void;
declare function readOther(scope: Scope<Other>): void;
declare function readWider(scope: Scope<Wider>): void;
declare function readSearch(querier: BatchQuerier<Thing>): void;
declare const foreign: BatchQuerier<Other>;
read(thingScope);
read([thingScope, thingScope]);
read(unscoped('a test'));
// @ts-expect-error a scope of another row
read(otherScope);
// @ts-expect-error a scope of another row among several
read([thingScope, otherScope]);
// @ts-expect-error of a row that has the same columns and more
readOther(widerScope);
// @ts-expect-error of a row that has fewer columns
readWider(otherScope);
// @ts-expect-error no scope at all
read([]);
// @ts-expect-error a scope is never left out
read(undefined);
// @ts-expect-error a copy is no scope
read({ ...thingScope });
// @ts-expect-error nor is what looks like the way out
read({ reason: 'x' } satisfies { reason: Unscoped['reason'] });
// @ts-expect-error nor are conditions
read(where<Thing>({ tenant: { eq: 'a' } }));
// @ts-expect-error a scope has a value
searchScope<Thing>({ name: 'tenant', equals: { tenant: undefined } });
// @ts-expect-error nobody's is no value
searchScope<Thing>({ name: 'tenant', equals: { name: null } });
// @ts-expect-error a scope says something
searchScope<Thing>({ name: 'tenant' });
// @ts-expect-error of the column's type
searchScope<Thing>({ name: 'tenant', equals: { tenant: 1 } });
// @ts-expect-error of a column that there is
searchScope<Thing>({ name: 'tenant', equals: { region: 'a' } });
// @ts-expect-error a search of another row
readSearch({ ...foreign, orders: [order<Other>('region')] });

// Fields.
// @ts-expect-error there is no such operator
fields<Thing>({ name: { type: 'text', operators: ['like'] } });
// @ts-expect-error there is no such column
fields<Thing>({ title: { type: 'text', column: 'title' } });
// @ts-expect-error there is no such type
fields<Thing>({ name: { type: 'string' } });

export const frozen = (condition: QueryCondition<Thing>): void => {
  // @ts-expect-error a condition is not changed
  condition.name = { eq: 'a' };
};

// Relations.
interface Parent {
  id: string;
  name: string;
  born: Date | null;
  facts: Jsonb<{ a: number }>;
  children: Child[];
}
interface Child {
  id: string;
  age: number;
  parent: Parent | null;
  later: Promise<Child | null>;
}
where<Child>({ parent: { is: { name: { eq: 'x' } } }, later: { exists: true } });
where<Parent>({ children: { some: { age: { gt: 1 } }, every: { parent: { exists: true } }, none: {} } });
where<Parent>({
  born: { gte: '2024-01-01T00:00:00.000001Z' },
  facts: { at: { path: ['a', 0], gte: 1, in: ['x', 2] } },
});
order<Child>('parent.name');
order<Child>('later.parent.name');
order<Child>(orderExpression<Child>({ sql: 'abs({age})', type: 'int' }));
searchScope<Child>({ name: 'of', where: { parent: { is: { id: { eq: 'x' } } } }, related: { parent: 'owned' } });
// @ts-expect-error a column of the row behind
where<Child>({ parent: { is: { age: { eq: 1 } } } });
// @ts-expect-error another type of value there
where<Child>({ parent: { is: { name: { eq: 1 } } } });
// @ts-expect-error to one row has no some
where<Child>({ parent: { some: {} } });
// @ts-expect-error to many rows has no is
where<Parent>({ children: { is: {} } });
// @ts-expect-error a relation is not compared
where<Child>({ parent: { eq: 'x' } });
// @ts-expect-error nor is it there or not where there are many
where<Parent>({ children: { exists: true } });
// @ts-expect-error nothing is no condition on what is behind
where<Child>({ parent: { is: undefined } });
// @ts-expect-error nor is null
where<Child>({ parent: { is: null } });
// @ts-expect-error a path needs its keys
where<Parent>({ facts: { at: { gte: 1 } } });
// @ts-expect-error true has no order
where<Parent>({ facts: { at: { path: ['a'], lt: true } } });
// @ts-expect-error a day is no time
where<Parent>({ born: { eq: '2024-01-01' } });
// @ts-expect-error texts are listed
where<Thing>({ name: { iin: 'a' } });
// @ts-expect-error numbers have no case
where<Thing>({ rank: { iin: ['1'] } });
// @ts-expect-error no order by what is behind many
order<Parent>('children.age');
// @ts-expect-error nor by a relation itself
order<Child>('parent');
// @ts-expect-error nor by a column that is not there
order<Child>('parent.age');
// @ts-expect-error three steps are too many
order<Child>('later.later.parent.name');
// @ts-expect-error an expression on another row
order<Child>(orderExpression<Other>({ sql: '{region}', type: 'text' }));
// @ts-expect-error SQL that nobody sealed
order<Child>({ sql: '1', type: 'int', nullable: false });
// @ts-expect-error a scope of another row behind the relation
searchScope<Child>({ name: 'of', equals: { id: 'x' }, related: { parent: otherScope } });
// @ts-expect-error a relation that is not there
searchScope<Child>({ name: 'of', equals: { id: 'x' }, related: { children: 'owned' } });
// @ts-expect-error a column is no relation
searchScope<Child>({ name: 'of', equals: { id: 'x' }, related: { age: 'owned' } });

declare const otherCondition: QueryCondition<Other>;
// @ts-expect-error a condition on another row
where<Thing>(otherCondition);
// @ts-expect-error nor in a group
and<Thing>({ or: [otherCondition] });
// @ts-expect-error of a row that has fewer columns
where<Wider>(otherCondition);

// Texts are matched in columns that hold texts.
textMatch<Thing>('mood', 'contains', 'a');
// @ts-expect-error a number has no parts
textMatch<Thing>('rank', 'contains', '1');
// @ts-expect-error nor has a list of texts
textMatch<Thing>('tags', 'in', ['a']);

// Fields are properties of the row, under its names or under aliases.
interface Desk {
  id: string;
  name: string | null;
  height: number;
  serial: bigint;
  bought: Date;
  tags: readonly string[];
  facts: Jsonb<{ a: number }>;
  owner?: Owner | null;
}
interface Owner {
  id: string;
  name: string;
  desks?: Desk[];
}
const ownerFields = fields<Owner>({ name: { type: 'text', operators: ['eq'] } });
fields<Desk>({
  name: { type: 'text', operators: ['eq'], order: true },
  height: { type: 'integer', order: true },
  serial: { type: 'bigint', operators: ['lt'] },
  tags: { type: 'text', operators: ['has'] },
  facts: { type: 'json', operators: ['at'] },
  owner: { relation: 'owner', operators: ['is'], fields: () => ownerFields },
  id: { type: 'text', column: 'name' },
  bought: { type: 'timestamp', operators: ['lt'], order: 'owner.name' },
});
fields<Desk, 'label' | 'ownerName' | 'user'>({
  label: { type: 'text', column: 'name', operators: ['eq'] },
  ownerName: { type: 'text', order: 'owner.name', selected: false },
  user: { relation: 'owner', operators: ['exists'], fields: () => ownerFields },
});
export const annotated: FieldSet<Desk> = fields({ name: { type: 'text', operators: ['eq'] } });
// @ts-expect-error a name that is no property of the row
fields<Desk>({ nmae: { type: 'text', operators: ['eq'] } });
// @ts-expect-error nor an alias that was listed
fields<Desk, 'label'>({ lable: { type: 'text', column: 'name', operators: ['eq'] } });
// @ts-expect-error an alias stands for nothing by itself
fields<Desk, 'label'>({ label: { type: 'text', operators: ['eq'] } });
// @ts-expect-error and what is ordered by cannot be filtered by
fields<Desk, 'ownerName'>({ ownerName: { type: 'text', operators: ['eq'], order: 'owner.name' } });
// @ts-expect-error ordered by itself, an alias is nothing
fields<Desk, 'label'>({ label: { type: 'text', order: true } });
// @ts-expect-error a text over a number
fields<Desk>({ height: { type: 'text', operators: ['eq'] } });
// @ts-expect-error under an alias too
fields<Desk, 'tall'>({ tall: { type: 'text', column: 'height', operators: ['eq'] } });
// @ts-expect-error a time over a number
fields<Desk>({ height: { type: 'timestamp', operators: ['lt'] } });
// @ts-expect-error a number over a text
fields<Desk>({ name: { type: 'integer', operators: ['eq'] } });
// @ts-expect-error numbers in a list of texts
fields<Desk>({ tags: { type: 'integer', operators: ['has'] } });
// @ts-expect-error a text over a document
fields<Desk>({ facts: { type: 'text', operators: ['eq'] } });
// @ts-expect-error a document over a text
fields<Desk>({ name: { type: 'json', operators: ['hasKey'] } });
// @ts-expect-error a text over a relation
fields<Desk>({ owner: { type: 'text', operators: ['eq'] } });
// @ts-expect-error a relation is no column
fields<Desk, 'user'>({ user: { type: 'text', column: 'owner', operators: ['eq'] } });
// @ts-expect-error of no row in particular
export const misread: FieldSet<Desk> = fields({ nmae: { type: 'text', operators: ['eq'] } });

// The shape of an entity says what its row type says.
interface Page {
  id: string;
  number: number;
  views: number;
  size: bigint;
  mood: 'glad' | 'sad';
  at: Date;
  words: string[];
  facts: Jsonb<{ a: number }>;
  anything: unknown;
  bookId: string;
  book?: Sheaf;
  labels?: Sheaf[];
}
interface Sheaf {
  code: string;
}
declare const sheaf: () => EntityShape;
const pageColumns = {
  id: { type: 'uuid', primary: true },
  number: { type: 'int' },
  views: { type: 'bigint' },
  size: { type: 'int8' },
  mood: { type: 'enum', enum: 'mood', labels: ['glad', 'sad'] },
  at: { type: 'timestamptz' },
  words: { type: 'varchar', array: true },
  facts: { type: 'jsonb' },
  anything: { type: 'json' },
  bookId: { type: 'text' },
} as const;
const page1 = { name: 'Page', table: 'pages', columns: pageColumns } as const;
const junction = { table: 'page_labels', own: { id: 'page_id' }, behind: { code: 'label' } } as const;
entityShape<Page>({
  ...page1,
  relations: { book: { target: sheaf, on: { bookId: 'code' } }, labels: { target: sheaf, many: true, junction } },
});
entityShape<Page>({ ...page1, relations: { labels: { target: sheaf, many: true, on: { id: 'code' } } } });
// @ts-expect-error a number in a text
entityShape<Page>({ ...page1, columns: { ...pageColumns, number: { type: 'text' } } });
// @ts-expect-error a text in a number
entityShape<Page>({ ...page1, columns: { ...pageColumns, id: { type: 'int', primary: true } } });
// @ts-expect-error a time in a number
entityShape<Page>({ ...page1, columns: { ...pageColumns, at: { type: 'int' } } });
// @ts-expect-error a number in a time
entityShape<Page>({ ...page1, columns: { ...pageColumns, number: { type: 'timestamptz' } } });
// @ts-expect-error texts in a list of numbers
entityShape<Page>({ ...page1, columns: { ...pageColumns, words: { type: 'int', array: true } } });
// @ts-expect-error a document in a text
entityShape<Page>({ ...page1, columns: { ...pageColumns, facts: { type: 'text' } } });
// @ts-expect-error a type that there is not
entityShape<Page>({ ...page1, columns: { ...pageColumns, id: { type: 'strng', primary: true } } });
// @ts-expect-error an enum has a type
entityShape<Page>({ ...page1, columns: { ...pageColumns, mood: { type: 'enum' } } });
// @ts-expect-error a label that the row does not have
entityShape<Page>({ ...page1, columns: { ...pageColumns, mood: { type: 'enum', enum: 'mood', labels: ['odd'] } } });
// @ts-expect-error labels of a text
entityShape<Page>({ ...page1, columns: { ...pageColumns, mood: { type: 'text', labels: ['glad'] } } });
// @ts-expect-error a column that the row does not have
entityShape<Page>({ ...page1, relations: { book: { target: sheaf, on: { bogus: 'code' } } } });
// @ts-expect-error a column that the row behind does not have
entityShape<Page>({ ...page1, relations: { book: { target: sheaf, on: { bookId: 'id' } } } });
// @ts-expect-error many where there is one
entityShape<Page>({ ...page1, relations: { book: { target: sheaf, many: true, on: { bookId: 'code' } } } });
// @ts-expect-error one where there are many
entityShape<Page>({ ...page1, relations: { labels: { target: sheaf, on: { id: 'code' } } } });
// @ts-expect-error behind a junction are many
entityShape<Page>({ ...page1, relations: { labels: { target: sheaf, junction } } });
// @ts-expect-error and never one
entityShape<Page>({ ...page1, relations: { book: { target: sheaf, junction } } });
// @ts-expect-error one way there
entityShape<Page>({ ...page1, relations: { labels: { target: sheaf, many: true, on: { id: 'code' }, junction } } });
const stray = { ...junction, own: { x: 'page_id' } } as const;
// @ts-expect-error a junction of a column that is not there
entityShape<Page>({ ...page1, relations: { labels: { target: sheaf, many: true, junction: stray } } });
