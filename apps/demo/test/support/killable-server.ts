import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, PortTaken, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { until } from './until.js';

const PATIENCE_MS = 30_000;

/** A durable PostgreSQL that is killed and comes back, with the same data at the same port. */
export class KillableServer {
  readonly #folder: string;
  #server: EmbeddedPostgres;

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(): Promise<KillableServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-demo-killed-'));
    // As root, the server's user must be able to enter it.
    chmodSync(folder, 0o755);
    const directory = path.join(folder, 'data');
    // Below the ports that the system gives to outgoing connections: one of them could take it while the server is down.
    for (let port = 12_000 + (process.pid % 8_000); ; port += 1) {
      try {
        return new KillableServer(folder, await startEmbeddedPostgres({ directory, port }));
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error;
      }
    }
  }

  get url(): string {
    return this.#server.url;
  }

  /** SIGKILL for the server and all of its processes; resolves when none of them is there any more. */
  async kill(): Promise<void> {
    const main = this.#server.processId;
    const all = [main, ...childrenOf(main)];
    for (const id of all) killIfThere(id);
    await until('The end of a killed server', PATIENCE_MS, () => (all.some(isRunning) ? null : true));
  }

  /** Starts it again, on what the killed one has left; resolves when it takes connections. */
  async startAgain(): Promise<void> {
    const { dataDirectory: directory, port } = this.#server;
    await this.#server.stop();
    this.#server = await startEmbeddedPostgres({ directory, port });
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#folder, { recursive: true });
  }
}

/** By the kernel's own list. */
function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => stateOf(id)?.parent === parent);
}

/** Whether a process is there, and not only its exit code. */
function isRunning(id: number): boolean {
  const state = stateOf(id)?.state ?? 'X';
  return state !== 'Z' && state !== 'X';
}

function stateOf(id: number): { readonly parent: number; readonly state: string } | null {
  try {
    // The name, which may hold anything, is in parentheses.
    const [state, parent] = readFileSync(`/proc/${id}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { parent: Number(parent), state: state! };
  } catch {
    return null;
  }
}

/** Processes end by themselves, too, as those do whose main process is gone. */
function killIfThere(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
