import { isHoldfastError, Misuse } from '@holdfast/errors';
import { UnreadableAnswer } from '../../src/index.js';
import type { Door } from '../door.js';
import type { Verdict } from '../verdict.js';
import type { FuzzedTable } from './fuzzed-table.js';
import { Running } from './running.js';
import { arbitraryCase, operations, type StatementCase } from './statement-case.js';
import type { StatementWorld } from './statement-world.js';

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
  for (const sql of disturbance.onWay) await way.dataSource.query(sql);
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
    if (disturbance.onWay.length > 0) await way.dataSource.query('RESET ALL');
    for (const sql of disturbance.after) await world.sql.query(sql);
  }
}
