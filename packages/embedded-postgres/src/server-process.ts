import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { StartFailed } from './embedded-postgres-errors.js';
import { isReady } from './postmaster-file.js';
import type { RunnableBinaries } from './runnable-binaries.js';
import { serverEnvironment } from './server-environment.js';
import type { ServerUser } from './server-user.js';

const START_LIMIT_MS = 120_000; // a start after a crash replays the log
const STOP_LIMIT_MS = 60_000;
const LOG_LENGTH = 8_000;

/** The server's main process, a child of ours in a process group of its own, so that Ctrl-C reaches us and not it. */
export class ServerProcess {
  readonly #child: ChildProcessByStdio<null, null, Readable>;
  readonly #dataDirectory: string;
  readonly #failed: Promise<Error | null>;
  #log = '';

  constructor(
    binaries: RunnableBinaries,
    user: ServerUser,
    dataDirectory: string,
    port: number,
    settings: readonly string[],
  ) {
    this.#dataDirectory = dataDirectory;
    this.#child = spawn(
      binaries.postgres,
      ['-D', dataDirectory, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...settings],
      { ...user, cwd: dataDirectory, detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: serverEnvironment() },
    );
    this.#child.stderr
      .setEncoding('utf8')
      .on('data', (chunk: string) => void (this.#log = (this.#log + chunk).slice(-LOG_LENGTH)));
    this.#failed = new Promise((resolve) => {
      this.#child.once('error', resolve);
      this.#child.once('close', () => resolve(null));
    });
    this.#child.unref();
    (this.#child.stderr as Socket).unref();
  }

  get processId(): number {
    return this.#child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Calls `work` as soon as the process has ended. */
  onExit(work: () => void): void {
    this.#child.once('exit', work);
  }

  /** Resolves when connections are accepted; throws StartFailed. */
  async ready(): Promise<void> {
    const patience = performance.now() + START_LIMIT_MS;
    while (!isReady(this.#dataDirectory, this.processId)) {
      if (this.hasEnded || performance.now() > patience) {
        const error = this.hasEnded ? await this.#failed : null;
        throw new StartFailed(error?.message ?? this.#log);
      }
      await delay(10);
    }
  }

  /** A fast shutdown: open connections are cut, everything committed is written. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.#child.ref();
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    const impatience = setTimeout(() => this.#child.kill('SIGQUIT'), STOP_LIMIT_MS);
    await exit;
    clearTimeout(impatience);
  }
}
