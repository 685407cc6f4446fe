import type { OracleRow, OracleWorld } from '../../../querier/test/oracle/oracle-entity.js';
import type { FuzzedColumn } from './fuzzed-column.js';
import { LIKINGS } from './fuzzed-entities.js';
import { ownerColumns, thingColumns } from './fuzzed-rows.js';
import { CANARY, TENANTS } from './fuzzed-values.js';

const THINGS = 24;
const OWNERS = 8;

const id = (kind: number, index: number): string =>
  `${(index * 7919 + 17).toString(16).padStart(8, '0')}-4f10-7c3a-9d2e-${kind.toString().padStart(12, '0')}`;

/** A value of a column in the row of a number: every value in some row, and NULL where it may be. */
function held({ options, oracle, values }: FuzzedColumn, row: number, column: number): unknown {
  const at = Math.imul(row * 97 + column * 13 + 1, 2_654_435_761) >>> 8;
  if (options.nullable === true && at % 4 === 0) return null;
  if (!oracle.array) return values[at % values.length];
  return Array.from({ length: at % 4 }, (_, i) => ((at + i) % 5 === 4 ? null : values[(at + i) % values.length]));
}

function rows(columns: Readonly<Record<string, FuzzedColumn>>, count: number, kind: number): OracleRow[] {
  return Array.from({ length: count }, (_, row) => {
    const entries = Object.entries(columns).map(([property, column], i) => [property, held(column, row, i)]);
    const tenant = TENANTS[row % 3 === 2 ? 1 : 0];
    return {
      ...(Object.fromEntries(entries) as OracleRow),
      id: id(kind, row),
      tenant,
      secret: `${CANARY} ${tenant} ${row}`,
      deletedAt: row % 7 === 5 ? '2024-01-01T00:00:00Z' : null,
    };
  });
}

/** Of things and owners of two tenants: some deleted, and some that stand before a row of the other tenant. */
export const fuzzedWorld: OracleWorld = {
  owner: rows(ownerColumns, OWNERS, 1).map((row, i) => ({
    ...row,
    bossId: i % 3 === 0 ? null : id(1, (i * 3) % OWNERS),
  })),
  thing: rows(thingColumns, THINGS, 2).map((row, i) => ({
    ...row,
    ownerId: i % 5 === 4 ? null : id(1, (i * 5) % OWNERS),
  })),
  [LIKINGS]: Array.from({ length: THINGS }, (_, i) => [0, 1, 2].slice(i % 4)).flatMap((likings, i) =>
    likings.map((n) => ({ thingId: id(2, i), fanId: id(1, (i + n * 3) % OWNERS) })),
  ),
};
