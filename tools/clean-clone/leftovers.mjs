import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What npm, pnpm and their kin keep at home on purpose. */
const kept = ['.npm', '.cache', '.local', '.config'];

/** What a command that has ended left on its machine, in words; empty if nothing. Waits up to half a minute for the last to go. */
export async function leftovers(machine) {
  let found = [];
  for (let attempt = 0; attempt < 150; attempt += 1) {
    found = [
      ...processesOf(machine).map(({ pid, command }) => `process ${pid}: ${command}`),
      ...readdirSync(machine.temporary).map((name) => `temporary ${name}`),
      ...readdirSync(machine.home)
        .filter((name) => !kept.includes(name))
        .map((name) => `at home ${name}`),
      ...changesOf(machine.clone),
    ];
    if (found.length === 0) return found;
    await delay(200);
  }
  return found;
}

/** Ends and deletes what was left, so that it is not counted twice. */
export function clearAway(machine) {
  for (const { pid } of processesOf(machine)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended meanwhile
    }
  }
  for (const name of readdirSync(machine.temporary)) {
    rmSync(path.join(machine.temporary, name), { recursive: true, force: true });
  }
}

/** The processes that were started on a machine: they carry its mark, name its folder or work in it. */
function processesOf({ folder }) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({
      pid: Number(pid),
      command: read(pid, 'cmdline'),
      environment: read(pid, 'environ'),
      cwd: workingFolder(pid),
    }))
    .filter((one) => [one.command, one.environment, one.cwd].some((text) => text.includes(folder)));
}

function read(pid, part) {
  try {
    return readFileSync(`/proc/${pid}/${part}`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ''; // it has ended, or is not ours to look at
  }
}

function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function changesOf(clone) {
  const status = execFileSync('git', ['-c', 'safe.directory=*', '-C', clone, 'status', '--porcelain'], {
    encoding: 'utf8',
  });
  return status
    .split('\n')
    .filter(Boolean)
    .map((line) => `in the clone ${line.trim()}`);
}
