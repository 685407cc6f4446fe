import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { AskedProcess } from '../asked-process.js';
import { chosen } from '../chosen.js';
import { writeFigures } from '../figures/write-figures.js';
import { reportMissed } from '../targets.js';
import { CONTENDERS, type Curve, type MeasuredCurve } from './curve.js';
import { callerCount } from './curves/caller-count.js';
import { listLength } from './curves/list-length.js';
import { pageDepth } from './curves/page-depth.js';
import { scopeCount } from './curves/scope-count.js';
import { tableSize } from './curves/table-size.js';
import { measureCurve, type ScalePlan, type ScaleProcess } from './measure-curve.js';
import { reportCurve } from './report-curve.js';
import { MIDDLE_SIZE } from './scale-sizes.js';
import { createScaleTable } from './scale-table.js';
import { scaleVerdict } from './scale-verdict.js';

const CONNECTIONS = 10;

/** `npm run bench -- scale`: how operations go with the table, the page's depth, scopes, lists and callers. */
export async function benchScale(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const { json, only, quick } = values;
  const plan: ScalePlan = quick
    ? { rounds: 3, sliceMs: 60, warmUpCalls: 500 }
    : { rounds: 11, sliceMs: 150, warmUpCalls: 10_000 };
  const all = [tableSize(quick ? MIDDLE_SIZE : Infinity), pageDepth, scopeCount, listLength, callerCount];
  const named = all.map(({ name }) => name);
  const names = chosen(named, only);
  const curves = all.filter(({ name }) => names.includes(name));
  const sizes = curves.some(({ name }) => name === 'table-size') ? curves[0]!.xs : [MIDDLE_SIZE];
  const measured = await measureAll(curves, sizes, plan);
  const verdict = scaleVerdict(measured);
  reportMissed(verdict.missed);
  if (!quick) await writeFigures(measured.map(reportCurve));
  if (json !== undefined) {
    const figures = measured.map(({ curve: { name, xLabel }, lines }) => ({ name, xLabel, lines }));
    await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`);
  }
}

async function measureAll(
  curves: readonly Curve[],
  tables: readonly number[],
  plan: ScalePlan,
): Promise<readonly MeasuredCurve[]> {
  // What is measured reads, or writes to a table that is not logged: nothing that durability would change.
  const settings = { shared_buffers: '1GB', maintenance_work_mem: '512MB' };
  const postgres = await startEmbeddedPostgres({ durability: 'fast', settings });
  const processes = new Map<string, ScaleProcess>();
  try {
    const client = new pg.Client(postgres.url);
    await client.connect();
    for (const rows of tables) {
      console.log(`Making ${rows.toLocaleString('en')} rows…`);
      await createScaleTable(client, rows);
    }
    const { rows: sizes } = await client.query<{ size: string }>(
      'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
    );
    console.log(`They take ${sizes[0]!.size} of disk.`);
    await client.end();
    const program = new URL('./scale-main.js', import.meta.url);
    for (const name of CONTENDERS) {
      processes.set(name, await AskedProcess.start(program, [name, postgres.url, String(CONNECTIONS)]));
    }
    const measured: MeasuredCurve[] = [];
    for (const curve of curves) {
      const one = await measureCurve(curve, processes, plan);
      console.log(`\n${curve.title}\n\n${reportCurve(one).text}`);
      measured.push(one);
    }
    return measured;
  } finally {
    await Promise.all([...processes.values()].map((process) => process.stop()));
    await postgres.stop();
  }
}
