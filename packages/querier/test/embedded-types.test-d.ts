// What must not compile of embedded objects and of columns with transformers; checked by `tsc -p tsconfig.json`.

import {
  batchQuerier,
  type Embedded,
  fields,
  order,
  type QueryCondition,
  searchScope,
  textMatch,
  type Transformed,
  where,
} from '../src/index.js';

class Money {
  readonly cents: number = 0;
}

interface Place {
  lat: number;
  label: string | null;
}
interface Address {
  city: string;
  place: Embedded<Place>;
  tags: readonly string[];
  country: Country | null;
}
interface Country {
  code: string;
  capital: Embedded<Place>;
}
interface Shop {
  id: number;
  name: string;
  price: Transformed<Money>;
  code: Transformed<string> | null;
  labels: Transformed<ReadonlySet<string>>;
  address: Embedded<Address>;
  country: Country | null;
  rename(name: string): void;
}

// What is meant to compile.
where<Shop>({ address: { city: { startsWith: 'a' }, place: { lat: { gte: 1 }, label: { isNull: true } } } });
where<Shop>({ address: { tags: { has: 'a' }, country: { is: { capital: { label: { eq: 'x' } } } } } });
where<Shop>({ price: { eq: new Money(), in: [new Money()], lt: new Money() }, code: { eq: 'x', isNull: false } });
where<Shop>({ labels: { eq: new Set<string>() } });
order<Shop>('address.city');
order<Shop>('address.place.lat');
order<Shop>('country.capital.lat');
order<Shop>('price');
textMatch<Shop>('address.city', 'contains', 'a');
searchScope<Shop>({ name: 'city', equals: { 'address.city': 'rome', 'address.place.lat': 1 } });
searchScope<Shop>({ name: 'price', equals: { price: new Money() }, related: { 'address.country': 'owned' } });
fields<Shop, 'city'>({ city: { type: 'text', column: 'address.city', operators: ['eq'], order: true } });
batchQuerier<Shop>({ pagination: { first: 1 }, orders: [order('address.place.label', { nulls: 'last' })] });

// Embedded objects.
// @ts-expect-error there is no such column
where<Shop>({ address: { colour: { eq: 'red' } } });
// @ts-expect-error a value is no operator
where<Shop>({ address: { city: 'rome' } });
// @ts-expect-error another type
where<Shop>({ address: { place: { lat: { eq: '1' } } } });
// @ts-expect-error a column that has no NULLs
where<Shop>({ address: { city: { isNull: true } } });
// @ts-expect-error groups hold whole conditions
where<Shop>({ address: { or: [{ city: { eq: 'x' } }] } });
// @ts-expect-error it is no relation
where<Shop>({ address: { is: { city: { eq: 'x' } } } });
// @ts-expect-error nor a column
where<Shop>({ address: { isNull: true } });
// @ts-expect-error an object has no order
order<Shop>('address');
// @ts-expect-error there is no such column
order<Shop>('address.colour');
// @ts-expect-error a list has no order
order<Shop>('address.tags');
// @ts-expect-error another type
searchScope<Shop>({ name: 'city', equals: { 'address.city': 1 } });
// @ts-expect-error there is no such column
searchScope<Shop>({ name: 'city', equals: { 'address.colour': 'red' } });
// @ts-expect-error a field is of a column that holds such values
fields<Shop, 'city'>({ city: { type: 'integer', column: 'address.city', operators: ['eq'] } });

// Columns with transformers.
// @ts-expect-error not what is stored
where<Shop>({ price: { eq: 5 } });
// @ts-expect-error what is stored has no parts of the value
where<Shop>({ code: { contains: 'x' } });
// @ts-expect-error nor elements
where<Shop>({ labels: { has: 'x' } });
// @ts-expect-error a method is no column
where<Shop>({ rename: { eq: 'x' } });

// Deep paths end.
export const deep = (condition: QueryCondition<Shop>): QueryCondition<Shop> => condition;
