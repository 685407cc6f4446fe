import type { Cell, Cells } from './cell.js';
import { KIND, KIND_COLUMN, OTHER_KIND } from './entity-schema.js';
import type { FuzzedTable } from './fuzzed-table.js';
import { givenValues, newKey } from './row-keys.js';
import type { Running } from './running.js';
import { isWritable, writesRight } from './typeorm-differences.js';

/** Who writes rows that we are to read. */
export const writers = ['sql', 'insert', 'save'] as const;

export type Writer = (typeof writers)[number];

/** Writes rows with new keys for a tenant: by SQL, or by TypeORM where it can. */
export async function writeRows(
  running: Running,
  tenant: string,
  rows: readonly Cells[],
  writer: Writer = 'sql',
): Promise<void> {
  const { table, world, way } = running;
  const whole = rows.map((cells): Cells => ({ ...newKey(table, world.next()), ...ofTenant(tenant), ...cells }));
  const bySql: Cells[] = [];
  for (const row of whole) {
    if (writer === 'sql' || !isForTypeorm(running, row)) bySql.push({ ...firstVersion(table), ...row });
    else await way.dataSource.getRepository(table.entity)[writer](givenValues(row));
  }
  const groups = grouped(bySql);
  for (const group of groups.values()) {
    await insertBySql(running, group, KIND);
    // The same of another entity in the same table, which nobody may see.
    const others = group.map((row): Cells => ({ ...row, ...newKey(table, world.next()) }));
    if (table.plan.inherits) await insertBySql(running, others, OTHER_KIND);
  }
}

function columnOf({ columns }: FuzzedTable, property: string): FuzzedTable['columns'][number] {
  return columns.find((column) => column.property === property)!;
}

/** Whether TypeORM stores all of this as it is; texts mean the same only in the styles that they are written in. */
export function isForTypeorm({ table, disturbance }: Running, cells: Cells): boolean {
  const isRight = ([property, cell]: [string, Cell]): boolean =>
    Object.hasOwn(cell, 'given') && writesRight(columnOf(table, property), cell.text);
  return disturbance?.isForeignStyle !== true && isWritable(table) && Object.entries(cells).every(isRight);
}

const ofTenant = (tenant: string): Cells => ({ tenant: { text: tenant, given: tenant } });

/** The version of a row that nobody counts for SQL. */
function firstVersion({ columns }: FuzzedTable): Cells {
  const versions = columns.filter(({ role }) => role === 'version');
  return Object.fromEntries(versions.map(({ property }) => [property, { text: '1' }]));
}

/** By the columns that they give. */
function grouped(rows: readonly Cells[]): ReadonlyMap<string, readonly Cells[]> {
  const groups = new Map<string, Cells[]>();
  for (const row of rows) {
    const columns = JSON.stringify(Object.keys(row));
    const group = groups.get(columns);
    if (group === undefined) groups.set(columns, [row]);
    else group.push(row);
  }
  return groups;
}

/** Rows that give the same columns, in one statement. */
async function insertBySql({ table, world }: Running, rows: readonly Cells[], kind: string): Promise<void> {
  const columns = Object.keys(rows[0]!).map((property) => columnOf(table, property));
  const names = columns.map(({ sql }) => sql).join(', ');
  const tuple = (row: number): string =>
    columns.map(({ cast }, i) => `$${row * columns.length + i + 1}::text::${cast}`).join(', ');
  const [name, value] = table.plan.inherits ? [`, "${KIND_COLUMN}"`, `, '${kind.replace("'", "''")}'`] : ['', ''];
  await world.sql.query(
    `INSERT INTO ${table.sql} (${names}${name}) VALUES ${rows.map((_, i) => `(${tuple(i)}${value})`).join(', ')}`,
    rows.flatMap((row) => columns.map(({ property }) => row[property]!.text)),
  );
}

/** How PostgreSQL writes what cells hold, by property. */
export async function canonicalTexts(
  { table, world }: Running,
  cells: Cells,
): Promise<Readonly<Record<string, string | null>>> {
  const properties = Object.keys(cells);
  if (properties.length === 0) return {};
  const list = properties.map((property, i) => `$${i + 1}::text::${columnOf(table, property).cast}::text`);
  const { rows } = await world.sql.query<(string | null)[]>({
    text: `SELECT ${list.join(', ')}`,
    values: properties.map((property) => cells[property]!.text),
    rowMode: 'array',
  });
  return Object.fromEntries(properties.map((property, i) => [property, rows[0]![i]!]));
}
