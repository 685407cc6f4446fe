import { readFileSync } from 'node:fs';

const EVERY_MS = 500;

/** The name and the parent of a process, on Linux; elsewhere null. */
function processInfo(pid) {
  try {
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return { name, parent: Number(parent) };
  } catch {
    return null;
  }
}

/**
 * Calls `end` once the npm that started us is gone: killed alone it takes nobody along, and a shell may stand between.
 * Whoever was not started by npm lives on.
 */
export function onLauncherGone(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const throughShell = /^(sh|dash|bash|zsh)$/.test(processInfo(parent)?.name);
  const launcher = throughShell ? processInfo(parent).parent : parent;
  const isThere = () => process.ppid === parent && (!throughShell || processInfo(parent)?.parent === launcher);
  const timer = setInterval(() => {
    if (isThere()) return;
    clearInterval(timer);
    end();
  }, EVERY_MS);
  timer.unref();
}
