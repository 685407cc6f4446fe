import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { Writable } from 'node:stream';
import { watchdogProgram } from './watchdog-program.js';

/**
 * A small process that outlives ours by a moment. Its standard input is a pipe from us, which the kernel closes however
 * we end, SIGKILL included; it then ends the processes we told it of and deletes the folders.
 */
export class Watchdog {
  readonly #child: ChildProcessByStdio<Writable, null, null>;

  constructor() {
    this.#child = spawn(process.execPath, ['-e', watchdogProgram], {
      detached: true,
      cwd: tmpdir(),
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { SystemRoot: process.env['SystemRoot'] },
    });
    // Without it we are merely unwatched; that is no reason to fail.
    this.#child.on('error', () => {});
    this.#child.stdin.on('error', () => {});
    this.#child.unref();
    (this.#child.stdin as Socket).unref();
  }

  deleteAtTheEnd(folder: string): void {
    this.#tell('delete', folder);
  }

  /** Ends the process by `signal` if it is still running when we are gone. */
  endAtTheEnd(processId: number, signal: NodeJS.Signals): void {
    this.#tell('end', processId, signal);
  }

  /** The process has ended: its id may soon belong to a stranger. */
  forget(processId: number): void {
    this.#tell('forget', processId);
  }

  /** Has it do its work now. Resolves when it is done. */
  async finish(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.ref();
    const exit = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exit;
  }

  #tell(...message: readonly (string | number)[]): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}
