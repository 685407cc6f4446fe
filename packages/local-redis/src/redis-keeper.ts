import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { redisKeeperProgram } from './redis-keeper-program.js';

/** A server that the keeper has started. */
export interface KeptServer {
  readonly processId: number;
  /** Resolves with the last lines it wrote once it has ended. */
  readonly ended: Promise<string>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * A small process that starts servers of Redis in a temporary folder and outlives ours by a moment: it ends them and
 * deletes the folder as soon as we are gone, in whatever way. It keeps nobody alive.
 */
export class RedisKeeper {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #listeners = new Map<number, (verb: string, said: string | number) => void>();
  #last = 0;

  /** Where the servers run. */
  readonly folder = path.join(tmpdir(), `holdfast-redis-${randomUUID()}`);

  constructor(binary: string) {
    this.#child = spawn(process.execPath, ['-e', redisKeeperProgram, this.folder, binary], {
      detached: true, // Ctrl-C reaches us and not it
      cwd: tmpdir(),
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
    });
    this.#child.on('error', (error) => this.#lost(error.message));
    this.#child.once('exit', () => this.#lost('Its keeper has ended.'));
    this.#child.stdin.on('error', () => {});
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const [verb, id, said] = JSON.parse(line) as [string, number, string | number];
      this.#listeners.get(id)?.(verb, said);
    });
    for (const end of [this.#child, this.#child.stdin as Socket, this.#child.stdout as Socket]) end.unref();
  }

  /** Starts a server; rejects with what it said if it could not be started at all. */
  async start(args: readonly string[]): Promise<KeptServer> {
    const id = (this.#last += 1);
    (this.#child.stdout as Socket).ref(); // the answer is worth living for
    try {
      return await new Promise((resolve, reject) => {
        let atEnd = (_log: string): void => {};
        const ended = new Promise<string>((done) => (atEnd = done));
        const signal = (name: NodeJS.Signals): void => this.#tell('signal', id, name);
        this.#listeners.set(id, (verb, said) => {
          if (verb === 'started') return resolve({ processId: Number(said), ended, signal });
          this.#listeners.delete(id);
          atEnd(String(said));
          reject(new Error(String(said)));
        });
        this.#tell('start', id, args);
      });
    } finally {
      (this.#child.stdout as Socket).unref();
    }
  }

  /** Has it do its work now. Resolves when all servers have ended and the folder is gone. */
  async finish(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.ref();
    const exit = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exit;
  }

  #lost(reason: string): void {
    for (const listener of [...this.#listeners.values()]) listener('ended', reason);
  }

  #tell(...message: readonly unknown[]): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}
