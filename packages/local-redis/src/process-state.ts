import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Whether a process is held by SIGSTOP: a signal that was sent has not arrived yet. */
export function isStopped(processId: number): boolean {
  return stateOf(processId).startsWith('T');
}

function stateOf(processId: number): string {
  if (!existsSync('/proc/self/stat'))
    return spawnSync('ps', ['-o', 'state=', '-p', String(processId)]).stdout.toString();
  // The name, in parentheses, may have anything in it.
  return readFileSync(`/proc/${processId}/stat`, 'latin1').replace(/^.*\) /s, '');
}
