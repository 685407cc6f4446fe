import type { ClientBase } from 'pg';
import {
  extremeValues,
  SAMPLE_ENUM,
  type SampleColumnName,
  sampleColumnNames,
  sampleColumns,
} from './sample-columns.js';

/** How many rows each tenant has in each table. */
const SAMPLES = 120;

/** Makes the tables, each with the rows of two tenants that alternate and hold the same values. */
export async function createSampleTables(client: ClientBase): Promise<void> {
  await client.query(`
    CREATE TYPE sample_enum AS ENUM (${SAMPLE_ENUM.map((value) => `'${value}'`).join(', ')});
    CREATE TABLE sample_parents (id int PRIMARY KEY, name text, rank int NOT NULL);
    INSERT INTO sample_parents VALUES (1, 'b', 2), (2, 'a', 1), (3, 'b', 2), (4, NULL, 1), (5, 'A', 3), (6, NULL, 2)`);
  const sometimesNull = (value: string, i: number): string => `CASE WHEN (g + ${i}) % 9 > 0 THEN ${value} END`;
  await createTable(client, 'filled_samples', ' NOT NULL', (_name, value) => value);
  await createTable(client, 'nullable_samples', '', (_name, value, i) => sometimesNull(value, i));
  await createTable(client, 'extreme_samples', '', (name, value, i) => sometimesNull(extremeValues[name] ?? value, i));
  await client.query('ANALYZE');
}

async function createTable(
  client: ClientBase,
  table: string,
  constraint: string,
  valueOf: (name: SampleColumnName, value: string, index: number) => string,
): Promise<void> {
  const list = sampleColumnNames.map((name) => `"${name}" ${sampleColumns[name].sqlType}${constraint}`);
  const values = sampleColumnNames.map((name, i) => valueOf(name, sampleColumns[name].value, i));
  await client.query(`
    CREATE TABLE ${table} (id bigint PRIMARY KEY, tenant text NOT NULL, parent_id int REFERENCES sample_parents,
      rank int NOT NULL, word text COLLATE "und-x-icu", note text, ${list.join(', ')});
    CREATE INDEX ON ${table} (tenant)`);
  // The keys are beyond what a number of JavaScript holds.
  await client.query(`
    INSERT INTO ${table} SELECT 9007199254740990 + 2 * g + t, (ARRAY['a', 'b'])[1 + t], nullif(g % 7, 0), g % 4,
      (ARRAY['b', 'B', 'a', 'A', 'ä', 'Z', 'ﬀ', 'ff', NULL])[1 + g % 9], NULL, ${values.join(', ')}
    FROM generate_series(1, ${SAMPLES}) g, generate_series(0, 1) t ORDER BY md5((g + t)::text)`);
}
