import { fuzzDoor } from '../fuzz-door.js';
import { addedReport, type FuzzReport, noCases } from '../fuzz-report.js';
import type { StatementCase } from './statement-case.js';
import { statementDoor } from './statement-door.js';
import { statementWorld } from './statement-world.js';

export interface FuzzStatementsArgs {
  readonly serverUrl: string;
  /** At least; each table gets as many as the others. */
  readonly cases: number;
  readonly seed: number;
  /** Default 80. */
  readonly casesOfATable?: number;
  /** Called for each case, those that a fault is made smaller with included. */
  readonly onCase?: (one: StatementCase) => void;
  /** Called when a table is done. */
  readonly onTable?: (name: string, report: FuzzReport) => void;
}

const TABLES_OF_A_WORLD = 20;

/** Worlds at once: a world's connections wait for each other, and the server has more processors than one. */
const WORLDS_AT_ONCE = 5;

/** Throws operations at tables of random entities, in databases of their own. */
export async function fuzzStatements(args: FuzzStatementsArgs): Promise<FuzzReport> {
  const { serverUrl, cases, seed, casesOfATable = 80, onCase = () => {}, onTable } = args;
  const tables = Math.ceil(cases / casesOfATable);
  const worlds = Array.from({ length: Math.ceil(tables / TABLES_OF_A_WORLD) }, (_, i) => i);
  let all = noCases;
  const work = async (): Promise<void> => {
    for (let world = worlds.shift(); world !== undefined; world = worlds.shift()) {
      const entities = Math.min(TABLES_OF_A_WORLD, tables - world * TABLES_OF_A_WORLD);
      const fuzzed = await statementWorld({ serverUrl, entities, seed: seed + world * 1_000 });
      try {
        for (const [i, table] of fuzzed.tables.entries()) {
          const door = statementDoor(fuzzed, table, onCase);
          const share = { cases: casesOfATable, seed: seed + world * 100_000 + i * 1_000, atOnce: 1 };
          const report = await fuzzDoor(fuzzed, door as Parameters<typeof fuzzDoor<typeof fuzzed>>[1], share);
          onTable?.(door.name, report);
          all = addedReport(all, report);
        }
      } finally {
        await fuzzed.close();
      }
    }
  };
  // One that fails must not take the server from under the others.
  const ends = await Promise.allSettled(Array.from({ length: WORLDS_AT_ONCE }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return all;
}
