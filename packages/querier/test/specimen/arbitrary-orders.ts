import fc from 'fast-check';
import { type OrderExpression, orderExpression, type QueryOrder } from '../../src/index.js';
import type { OracleRow } from '../oracle/oracle-entity.js';
import type { OracleOrder, OracleTerm } from '../oracle/sorted-rows.js';
import { specimenColumn } from './specimen-column.js';
import { maker, part, specimen, type SpecimenEntity } from './specimens.js';

/** An order as the compiler takes it, and as the oracle does. */
export interface SpecimenOrder {
  readonly query: QueryOrder<OracleRow>;
  readonly oracle: OracleOrder;
}

type Term = readonly [by: string | OrderExpression<OracleRow>, oracle: string | OracleTerm];

const expression = (sql: string, type: string, valueOf: OracleTerm['valueOf'], nullable = true): Term => [
  orderExpression<OracleRow>({ sql, type, nullable }),
  { column: specimenColumn(type), valueOf },
];

const ofEachEntity: readonly Term[] = [
  expression('{rank} % 3', 'integer', ({ rank }) => (rank === null ? null : (rank as number) % 3)),
  expression('upper({name})', 'text', ({ name }) =>
    name === null ? null : (name as string).replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  ),
  expression('coalesce(char_length({name}), 0)', 'integer', ({ name }) => [...((name ?? '') as string)].length, false),
];

const paths = new Map<SpecimenEntity, readonly string[]>([
  [specimen, ['maker.name', 'maker.rank', 'maker.boss.name', 'maker.boss.rank']],
  [maker, ['boss.name', 'boss.rank', 'boss.boss.name']],
  [part, ['specimen.label', 'specimen.price', 'specimen.maker.name', 'specimen.mood']],
]);

function termsOf(entity: SpecimenEntity): readonly Term[] {
  const orderable = Object.entries(entity.columns).filter(([, { array, kind }]) => !array && kind !== 'json');
  const names = [...orderable.map(([property]) => property), ...(paths.get(entity) ?? [])];
  return [...names.map((name): Term => [name, name]), ...ofEachEntity];
}

/** Up to three orders in mixed directions, over columns, paths and expressions. */
export function arbitraryOrders(entity: SpecimenEntity): fc.Arbitrary<readonly SpecimenOrder[]> {
  const term = fc.constantFrom(...termsOf(entity));
  const flags = fc.record(
    {
      dir: fc.constantFrom('asc' as const, 'desc' as const),
      nulls: fc.constantFrom('first' as const, 'last' as const),
      confidential: fc.boolean(),
      fewTies: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const one = fc.tuple(term, flags);
  return fc.uniqueArray(one, { maxLength: 3, selector: ([[by]]) => by }).map((chosen) =>
    chosen.map(([[by, known], { dir = 'asc', ...others }]) => ({
      query: { by, dir, ...others } as QueryOrder<OracleRow>,
      oracle: { by: known, dir, ...(others.nulls === undefined ? {} : { nulls: others.nulls }) },
    })),
  );
}
