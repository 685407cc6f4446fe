import fc from 'fast-check';
import type { OracleRow, OracleWorld } from '../oracle/oracle-entity.js';
import { arbitraryStored, uuids } from './arbitrary-values.js';
import { liking, maker, part, specimen, type SpecimenEntity } from './specimens.js';

const id = fc.constantFrom(...uuids);

/** Rows of an entity, no two with one primary key. Keys are few, so that they meet, and some lead to no row. */
function rows(
  entity: SpecimenEntity,
  keys: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  maxLength: number,
): fc.Arbitrary<OracleRow[]> {
  const columns = Object.entries(entity.columns).map(
    ([property, column]) => [property, keys[property] ?? arbitraryStored(column)] as const,
  );
  const row = fc.record(Object.fromEntries(columns)) as fc.Arbitrary<OracleRow>;
  const keyOf = (one: OracleRow): string => entity.primaryKey.map((property) => String(one[property])).join(' ');
  return fc.uniqueArray(row, { maxLength, size: 'max', selector: keyOf });
}

/** Rows of every table: with NULLs, duplicates in all but the key, and nasty values. */
export const arbitraryWorld: fc.Arbitrary<OracleWorld> = fc.record({
  specimen: rows(specimen, { id, makerId: fc.option(id) }, uuids.length),
  maker: rows(maker, { id, bossId: fc.option(id) }, 5),
  part: rows(part, { specimenId: id, position: fc.integer({ min: -1, max: 2 }) }, 8),
  liking: rows(liking, { specimenId: id, makerId: id }, 8),
});
