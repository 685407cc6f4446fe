import { fuzzDoor } from '../fuzz-door.js';
import { addedReport, type FuzzReport, noCases } from '../fuzz-report.js';
import { fuzzedDatabase } from './fuzzed-database.js';
import type { SearchDoor } from './search-door.js';
import { searchDoors } from './search-doors.js';

export interface FuzzSearchesArgs {
  readonly serverUrl: string;
  /** At least; each door gets its share, rounded up. */
  readonly cases: number;
  readonly seed: number;
  /** Called when a door is done. */
  readonly onDoor?: (door: SearchDoor, report: FuzzReport) => void;
}

/** Cases that run side by side, on several connections. */
const AT_ONCE = 50;

/** Throws cases at every door of a database of its own. */
export async function fuzzSearches({ serverUrl, cases, seed, onDoor }: FuzzSearchesArgs): Promise<FuzzReport> {
  const fuzzed = await fuzzedDatabase(serverUrl);
  const shares = searchDoors.reduce((sum, { share }) => sum + share, 0);
  let all = noCases;
  try {
    for (const door of searchDoors) {
      const share = Math.ceil((cases * door.share) / shares);
      const report = await fuzzDoor(fuzzed, door, { cases: share, seed, atOnce: AT_ONCE });
      onDoor?.(door, report);
      all = addedReport(all, report);
    }
  } finally {
    await fuzzed.close();
  }
  return all;
}
