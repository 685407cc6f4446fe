import fc from 'fast-check';
import { givenCell } from './arbitrary-cell.js';
import type { Cell } from './cell.js';
import type { ColumnPlan, ColumnRole, Generated } from './column-plan.js';
import type { EntityPlan } from './entity-plan.js';
import type { FuzzedType } from './fuzzed-type.js';
import { fuzzedTypes } from './fuzzed-types.js';

// TypeORM makes no table of a name with a quotation mark, and none of one with a dot; and no enum of one with an apostrophe.
// prettier-ignore
const properties = [
  'plain', 'camelCase', 'snake_case', 'order', 'select', 'constructor', 'toString', 'valueOf', 'then', 'with space', 'a-b',
  '$dollar', '0', '10', '1a', 'ключ', 'naïve', 'value', 'row', 'p', 'l', 'text', 'bytes', 'into', 'at', 'end', 'isA', 'ID',
];
// prettier-ignore
const names = [
  'user', 'Mixed Case', 'order by', 'a-b', '$1', '%s', 'what?', 'ünïcode', 'x', 'c0', 'place', 'given', 'stored', 'asked',
  'xmin_', 'CAPITALS', 'a'.repeat(40), '_', 'now()', '--',
];
/** TypeORM makes names of the others that are the same as each other, behind that of the object. */
const embeddable = ['plain', 'camelCase', 'order', 'value', 'text', 'row'];
const tableNames = ['things', 'Thing Table', 'order', 'tèst', 'a-b', 'r', 'given', 'x'.repeat(30)];

export const SCHEMAS = ['other', 'Other Schema'];

const typeNamed = (name: string): FuzzedType => fuzzedTypes.find((type) => type.name === name)!;

type ColumnArgs = Pick<ColumnPlan, 'property' | 'role' | 'type'> & Partial<ColumnPlan>;

const column = (args: ColumnArgs): ColumnPlan => ({
  name: null,
  array: false,
  nullable: false,
  hidden: false,
  default: null,
  generated: null,
  ...args,
});

const key = (type: string, generated: Generated | null = null, property = 'id'): ColumnPlan =>
  column({ property, role: 'key', type: typeNamed(type), generated });

/** All sorts of primary keys. */
const keys: fc.Arbitrary<readonly ColumnPlan[]> = fc.constantFrom<(readonly ColumnPlan[])[]>(
  [key('uuid')],
  [key('text')],
  [key('varchar(40)', null, 'theKey')],
  [key('int')],
  [key('bigint')],
  [key('numeric')],
  [key('uuid', 'uuid')],
  [key('int', 'increment', 'no')],
  [key('bigint', 'increment')],
  [key('bigint', 'identity')],
  [key('int', 'identity always')],
  [key('int', null, 'a'), key('text', null, 'b')],
  [key('uuid', null, 'b'), key('bigint', null, 'a')],
);

const tenant = column({ property: 'tenant', name: 'tenant', role: 'tenant', type: typeNamed('text') });

/** Columns that TypeORM or the database fills, some of them in some entities. */
const kept = fc.subarray<ColumnPlan>([
  column({ property: 'version', role: 'version', type: typeNamed('int') }),
  column({ property: 'createdAt', role: 'createDate', type: typeNamed('timestamptz') }),
  column({ property: 'updatedAt', role: 'updateDate', type: typeNamed('timestamptz(3)') }),
  column({ property: 'deletedAt', role: 'deleteDate', type: typeNamed('timestamptz'), nullable: true }),
  column({ property: 'computed', role: 'computed', type: typeNamed('int'), nullable: true }),
  column({ property: 'fixed', role: 'fixed', type: typeNamed('text'), default: { text: 'unmoved', given: 'unmoved' } }),
]);

/** A default needs a text that TypeORM can put in quotes itself. */
const isPlain = ({ text, given }: Cell): boolean =>
  text !== null && !text.includes("'") && text.length < 100 && given !== undefined;

const valueColumn: fc.Arbitrary<ColumnPlan> = fc
  .record({
    property: fc.constantFrom(...properties),
    name: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...names) }),
    type: fc.constantFrom(...fuzzedTypes),
    array: fc.nat(3).map((n) => n === 0),
    nullable: fc.boolean(),
    hidden: fc.nat(7).map((n) => n === 0),
    embedded: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom('address', 'Inner Part') },
    ),
  })
  .map(({ embedded, property, array, ...rest }) => {
    const path = embedded === null ? property : `${embedded}.${embeddable[property.length % embeddable.length]!}`;
    return column({ ...rest, role: 'value', property: path, array: array && rest.type.single !== true });
  })
  .chain((plan) => {
    const none = fc.constant<Cell | null>(null);
    const some = givenCell(plan).map((cell) => (isPlain(cell) ? cell : null));
    return fc
      .oneof({ weight: 3, arbitrary: none }, { weight: 1, arbitrary: some })
      .map((cell) => ({ ...plan, default: cell }));
  });

const nameOf = ({ name, property }: ColumnPlan): string => (name ?? property).toLowerCase();
const roles: readonly ColumnRole[] = ['key', 'tenant'];

/** An entity with a tenant column, any key, and up to ten other columns. The number makes its names its own. */
export function arbitraryEntity(number: number): fc.Arbitrary<EntityPlan> {
  return fc
    .record({
      tableName: fc.constantFrom(...tableNames).map((name) => `${name}${number}`),
      schema: fc.oneof(fc.constant(null), fc.constantFrom(...SCHEMAS)),
      keys,
      kept,
      values: fc.uniqueArray(valueColumn, { minLength: 1, maxLength: 10, selector: ({ property }) => property }),
      shuffle: fc.boolean(),
      inherits: fc.nat(4).map((n) => n === 0),
    })
    .map(({ tableName, schema, keys: own, kept: some, values, shuffle, inherits }) => {
      const all = [...own, tenant, ...some, ...values];
      const columns = all.filter((one, i) => all.findIndex((other) => nameOf(other) === nameOf(one)) === i);
      const rest = columns.filter(({ role }) => !roles.includes(role));
      const first = columns.filter(({ role }) => roles.includes(role));
      return {
        name: `Entity${number}`,
        tableName,
        schema,
        columns: shuffle ? [...rest, ...first] : [...first, ...rest],
        inherits,
      };
    });
}
