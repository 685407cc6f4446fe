import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The lines of `postmaster.pid`, by which a server tells of itself: the first is its process id, the eighth its state. */
function lines(dataDirectory: string): readonly string[] {
  try {
    return readFileSync(path.join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Whether the server with this process id accepts connections. */
export function isReady(dataDirectory: string, processId: number): boolean {
  const [id, , , , , , , state = ''] = lines(dataDirectory);
  return Number(id) === processId && (state.trim() === 'ready' || state.trim() === 'standby');
}

/** The process id of the server that runs on a data directory, or null. */
export function runningServer(dataDirectory: string): number | null {
  const processId = Number(lines(dataDirectory)[0]);
  if (!Number.isInteger(processId) || processId <= 0) return null;
  try {
    process.kill(processId, 0);
    return processId;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? processId : null;
  }
}
