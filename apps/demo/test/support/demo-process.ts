import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const demo = path.resolve(__dirname, '../..');
const typescript = pathToFileURL(path.resolve(demo, '../../jest/typescript.mjs')).href;

export interface DemoProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves with what has been printed, once it holds `text`. Rejects if the process ends before. */
  prints(text: string): Promise<string>;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** The demo as its users start it, but from its sources. */
export function spawnDemo(args: readonly string[], environment: Readonly<Record<string, string>> = {}): DemoProcess {
  const child = spawn(process.execPath, ['--import', typescript, path.join(demo, 'src/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null);
  return {
    child,
    output: () => output,
    errors: () => errors,
    ended,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => void (output.includes(text) && resolve(output));
        child.stdout.on('data', look);
        look();
        void ended.then((code) => reject(new Error(`It ended with ${String(code)}: ${errors}`)));
      }),
  };
}
