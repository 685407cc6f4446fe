import { setTimeout as delay } from 'node:timers/promises';
import { Misuse } from '@holdfast/errors';
import { redisCommand } from './redis-command.js';
import type { KeptServer, RedisKeeper } from './redis-keeper.js';
import { RedisNotStarted } from './redis-not-started.js';
import type { RedisAnswer, RedisServer } from './redis-server.js';

const START_LIMIT_MS = 30_000;
const EVERY_MS = 5;

/** A server that a keeper of ours runs. */
export class StartedRedis implements RedisServer {
  readonly host = '127.0.0.1';
  readonly #keeper: RedisKeeper;
  readonly #settings: readonly string[];
  #server: KeptServer | null = null;

  constructor(
    keeper: RedisKeeper,
    readonly port: number,
    settings: readonly string[],
  ) {
    this.#keeper = keeper;
    this.#settings = settings;
  }

  get url(): string {
    return `redis://${this.host}:${this.port}`;
  }

  get processId(): number | null {
    return this.#server?.processId ?? null;
  }

  command(...args: readonly (string | number)[]): Promise<RedisAnswer> {
    return redisCommand(this, args);
  }

  async restart(): Promise<void> {
    if (this.#server !== null) throw new Misuse('This server is running: kill it first.');
    const args = ['--bind', this.host, '--port', String(this.port), '--save', '', '--appendonly', 'no'];
    const server = await this.#keeper.start([...args, '--repl-diskless-sync-delay', '0', ...this.#settings]);
    let log: string | null = null;
    void server.ended.then((said) => {
      log = said;
      if (this.#server === server) this.#server = null;
    });
    this.#server = server;
    await until(START_LIMIT_MS, async () => {
      if (log !== null) throw new RedisNotStarted(log);
      return (await this.command('PING').catch(() => null)) === 'PONG';
    });
  }

  async kill(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    const waiting = setInterval(() => {}, 60_000); // nothing else keeps a process alive that waits for this
    server.signal('SIGKILL');
    await server.ended.finally(() => clearInterval(waiting));
    this.#server = null;
  }

  pause(): void {
    this.#server?.signal('SIGSTOP');
  }

  resume(): void {
    this.#server?.signal('SIGCONT');
  }

  async fill(): Promise<void> {
    await this.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction', 'maxmemory', 1);
  }

  async drain(): Promise<void> {
    await this.command('CONFIG', 'SET', 'maxmemory', 0);
  }

  async follow(primary: RedisServer): Promise<void> {
    await this.command('REPLICAOF', primary.host, primary.port);
    await until(START_LIMIT_MS, async () => {
      const info = String(await this.command('INFO', 'replication'));
      return info.includes('master_link_status:up') && info.includes('master_sync_in_progress:0');
    });
  }

  async promote(): Promise<void> {
    await this.command('REPLICAOF', 'NO', 'ONE');
  }

  stop(): Promise<void> {
    return this.#keeper.finish();
  }
}

async function until(limitMs: number, holds: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > patience) throw new RedisNotStarted(`it was not ready within ${limitMs} ms.`);
    await delay(EVERY_MS);
  }
}
