import { spawn } from 'node:child_process';

/** Starts a command as a terminal would: in a process group of its own. Gives all that it prints, and its end. */
export function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const watchers = new Set();
  const add = (text) => {
    output += text;
    for (const watch of watchers) watch();
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => add(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  return {
    ended,
    output: () => output,
    /** Signals the whole group, as Ctrl-C does. */
    signal(name) {
      try {
        process.kill(-child.pid, name);
      } catch {
        // the group has ended by itself
      }
    },
    /** Kills the one process that was started, and none of those that it started. */
    kill: () => child.kill('SIGKILL'),
    /** The first match of `pattern` in the output, or null once the command has ended or the time is over. */
    printed: (pattern, timeoutMs) =>
      new Promise((resolve) => {
        const finish = (match) => {
          clearTimeout(timer);
          watchers.delete(watch);
          resolve(match);
        };
        const watch = () => pattern.test(output) && finish(pattern.exec(output));
        const timer = setTimeout(() => finish(null), timeoutMs);
        watchers.add(watch);
        ended.then(() => finish(pattern.exec(output)));
        watch();
      }),
  };
}
