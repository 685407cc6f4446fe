import fc from 'fast-check';
import type { FuzzedColumn, FuzzedTable } from './fuzzed-table.js';

/** What happens between two statements of the same shape, to what the first one left prepared or taken for granted. */
export interface Disturbance {
  readonly name: string;
  /** On the connection of the way; it is reset after the case. */
  readonly onWay: readonly string[];
  /** On another connection. */
  readonly besides: readonly string[];
  /** On another connection, after the case. */
  readonly after: readonly string[];
  /** Whether answers of the server no longer tell what is stored in floats. */
  readonly losesDigits: boolean;
  /** Whether times are in a style that may be refused. */
  readonly isForeignStyle: boolean;
}

const disturbance = (name: string, more: Partial<Disturbance>): Disturbance => ({
  name,
  onWay: [],
  besides: [],
  after: [],
  losesDigits: false,
  isForeignStyle: false,
  ...more,
});

const said = (sql: string, more: Partial<Disturbance> = {}): Disturbance => disturbance(sql, { onWay: [sql], ...more });

const onAnyTable: readonly Disturbance[] = [
  said('DEALLOCATE ALL'),
  said('DISCARD ALL'),
  said(`SET TimeZone = 'Asia/Kathmandu'`),
  said(`SET TimeZone = 'America/St_Johns'`),
  said(`SET DateStyle = 'ISO, DMY'`),
  said(`SET DateStyle = 'German'`, { isForeignStyle: true }),
  said(`SET DateStyle = 'SQL, DMY'`, { isForeignStyle: true }),
  said(`SET DateStyle = 'Postgres, MDY'`, { isForeignStyle: true }),
  said(`SET IntervalStyle = 'sql_standard'`, { isForeignStyle: true }),
  said('SET extra_float_digits = 3'),
  said('SET extra_float_digits = 0', { losesDigits: true }),
  said(`SET bytea_output = 'escape'`),
  said(`SET plan_cache_mode = 'force_generic_plan'`),
];

function ofTable({ sql, columns }: FuzzedTable): readonly Disturbance[] {
  const alter = (what: string): string => `ALTER TABLE ${sql} ${what}`;
  const type = (column: FuzzedColumn, to: string): string => alter(`ALTER COLUMN ${column.sql} TYPE ${to}`);
  const add = alter('ADD COLUMN "another one" int');
  const drop = alter('DROP COLUMN "another one"');
  const retyped = columns
    .filter(({ role, type: { wider } }) => role === 'value' && wider !== undefined)
    .map((column) => {
      const wider = type(column, column.type.wider! + (column.array ? '[]' : ''));
      return disturbance(wider, { besides: [wider], after: [type(column, column.cast)] });
    });
  return [disturbance(add, { besides: [add], after: [drop] }), disturbance(drop, { besides: [add, drop] }), ...retyped];
}

/** Mostly none. */
export function arbitraryDisturbance(table: FuzzedTable): fc.Arbitrary<Disturbance | null> {
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: fc.constantFrom(...onAnyTable) },
    { weight: 2, arbitrary: fc.constantFrom(...ofTable(table)) },
  );
}
