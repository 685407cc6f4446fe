import type { OperationName } from './operation-name.js';
import type { Workload } from './workload.js';

/**
 * Runs a batch by ids over and over on ids that no row has, until that took so much CPU time. Calls that change rows are
 * few in a second, for PostgreSQL is busy with them: most of them would run code that the engine has not made fast yet.
 */
export async function rehearse(
  workload: Workload,
  operation: OperationName,
  callers: number,
  cpuMs: number,
): Promise<void> {
  const before = process.cpuUsage();
  const caller = async (): Promise<void> => {
    for (let used = 0; used < cpuMs * 1_000;) {
      const running = workload.rehearsal(operation);
      if (running === null) return;
      await running;
      const { user, system } = process.cpuUsage(before);
      used = user + system;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}
