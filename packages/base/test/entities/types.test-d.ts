// What must not compile of values and changes; checked by `tsc -p tsconfig.json`.

import type { Embedded, Transformed } from '@holdfast/querier';
import { databaseTime, type Changes, type Insertable, OptionalState, TriState } from '../../src/index.js';

class Money {
  readonly cents: number = 0;
}

interface Audit {
  by: string | null;
  at: Date;
}
interface Address {
  city: string;
  audit: Embedded<Audit>;
}
interface Shop {
  id: number;
  price: Transformed<Money> | null;
  address: Embedded<Address>;
  neighbours?: readonly Shop[];
  rename(name: string): void;
}
declare function create(values: Insertable<Shop>): void;
declare function update(changes: Changes<Shop>): void;

// What is meant to compile.
create({ id: 1, price: new Money(), address: { city: 'rome', audit: { by: null, at: new Date() } } });
create({ address: {} });
update({ address: { city: 'rome' }, price: null });
update({ address: { city: OptionalState.nop(), audit: { by: TriState.nullify(), at: databaseTime } } });

// @ts-expect-error there is no such column
create({ address: { colour: 'red' } });
// @ts-expect-error another type
create({ address: { city: 1 } });
// @ts-expect-error an embedded object is always there
create({ address: null });
// @ts-expect-error a relation is written by its columns
create({ neighbours: [] });
// @ts-expect-error a method is no column
create({ rename: () => {} });
// @ts-expect-error not what is stored
create({ price: 5 });
// @ts-expect-error a column that has no NULLs
update({ address: { city: null } });
// @ts-expect-error nor can it be made NULL by a state
update({ address: { city: TriState.nullify() } });
// @ts-expect-error its columns have states, it has none
update({ address: OptionalState.update({ city: 'rome' }) });
// @ts-expect-error only times are the database's
update({ address: { city: databaseTime } });
