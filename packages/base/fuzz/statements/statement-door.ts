import { isHoldfastError, Misuse } from '@holdfast/errors';
import { UnreadableAnswer } from '../../src/index.js';
import { GuardedClient } from '../../src/wire/guarded-client.js';
import { beginConnectionsWith } from '../../test/fixture/begin-connections-with.js';
import { poolOf } from '../../test/fixture/pool-of.js';
import type { Door } from '../door.js';
import type { Verdict } from '../verdict.js';
import type { FuzzedTable } from './fuzzed-table.js';
import { Running } from './running.js';
import { arbitraryCase, operations, type StatementCase } from './statement-case.js';
import type { StatementWorld } from './statement-world.js';
import type { Way } from './way.js';

/** One table, at which operations are thrown. */
export function statementDoor(
  world: StatementWorld,
  table: FuzzedTable,
  onCase: (one: StatementCase) => void,
): Door<StatementWorld, StatementCase> {
  const columns = table.columns.map(({ property, sql, cast }) => `${property}: ${sql} ${cast}`);
  return {
    name: `${table.sql} (${columns.join(', ')})`,
    arbitrary: arbitraryCase(table, world.ways),
    judge(_, one) {
      onCase(one);
      return judge(world, table, one);
    },
  };
}

const right: Verdict = { answered: true, fault: null };

async function judge(world: StatementWorld, table: FuzzedTable, one: StatementCase): Promise<Verdict> {
  const { operation: name, input, disturbance } = one;
  const way = world.ways.find((other) => other.name === one.way)!;
  const operation = operations.find((other) => other.name === name)!;
  const running = new Running(world, table, way, one.form);
  const before = await operation.judge(running, input);
  if (before !== null || disturbance === null) return { answered: true, fault: before };
  await disturb(way, disturbance.onWay);
  for (const sql of disturbance.besides) await world.sql.query(sql);
  running.disturbance = disturbance;
  try {
    const fault = await operation.judge(running, input);
    return fault === null ? right : { answered: true, fault: `after ${disturbance.name}: ${fault}` };
  } catch (error) {
    // In a style in which days and months could be taken for each other nothing is read.
    const isRefused = error instanceof Misuse || error instanceof UnreadableAnswer;
    if (disturbance.isForeignStyle && isHoldfastError(error) && isRefused) return { answered: false, fault: null };
    throw error;
  } finally {
    running.disturbance = null;
    if (disturbance.onWay.length > 0) await calm(way);
    for (const sql of disturbance.after) await world.sql.query(sql);
  }
}

/** A guarded pool keeps no connection that was set to something: there, connections begin with it. */
async function disturb(way: Way, statements: readonly string[]): Promise<void> {
  const settings = isGuarded(way) ? statements.filter((sql) => sql.startsWith('SET ')) : [];
  if (settings.length > 0) await beginConnectionsWith(way.dataSource, ...settings);
  for (const sql of statements) if (!settings.includes(sql)) await way.dataSource.query(sql);
}

async function calm(way: Way): Promise<void> {
  if (isGuarded(way)) await beginConnectionsWith(way.dataSource);
  else await way.dataSource.query('RESET ALL');
}

function isGuarded({ dataSource }: Way): boolean {
  return (poolOf(dataSource).options as { readonly Client?: unknown }).Client === GuardedClient;
}
