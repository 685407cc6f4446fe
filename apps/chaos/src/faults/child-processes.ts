import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has begun and that run, by the kernel's own list. */
export function childProcesses(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      const process = stateOf(id);
      return process?.parent === parent && process.isRunning;
    });
}

/** Whether a process is there, and not only its exit code. */
export function isRunning(id: number): boolean {
  return stateOf(id)?.isRunning === true;
}

function stateOf(id: number): { readonly parent: number; readonly isRunning: boolean } | null {
  try {
    // The name, which may hold anything, is in parentheses.
    const [state, parent] = readFileSync(`/proc/${id}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { parent: Number(parent), isRunning: state !== 'Z' && state !== 'X' };
  } catch {
    return null;
  }
}
