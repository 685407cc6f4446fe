import type { Door } from './door.js';
import { fuzzDoor } from './fuzz-door.js';
import { fuzzDoors } from './fuzz-doors.js';
import { addedReport, type FuzzReport } from './fuzz-report.js';
import { fuzzedDatabase } from './fuzzed-database.js';

export interface FuzzArgs {
  readonly serverUrl: string;
  /** At least; each door gets its share, rounded up. */
  readonly cases: number;
  readonly seed: number;
  /** Called when a door is done. */
  readonly onDoor?: (door: Door, report: FuzzReport) => void;
}

/** Throws cases at every door of a database of its own. */
export async function runFuzz({ serverUrl, cases, seed, onDoor }: FuzzArgs): Promise<FuzzReport> {
  const fuzzed = await fuzzedDatabase(serverUrl);
  const shares = fuzzDoors.reduce((sum, { share }) => sum + share, 0);
  let all: FuzzReport = { cases: 0, refused: 0, answered: 0, faults: [] };
  try {
    for (const door of fuzzDoors) {
      const report = await fuzzDoor(fuzzed, door, Math.ceil((cases * door.share) / shares), seed);
      onDoor?.(door, report);
      all = addedReport(all, report);
    }
  } finally {
    await fuzzed.close();
  }
  return all;
}
