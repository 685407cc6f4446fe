import { readFileSync } from 'node:fs';

/** Whether a process is running; one that has ended and was not yet reaped is not. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}
