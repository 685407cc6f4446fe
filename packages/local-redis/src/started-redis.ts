import { Misuse } from '@holdfast/errors';
import { redisCommand } from './redis-command.js';
import { isStopped } from './process-state.js';
import type { KeptServer, RedisKeeper } from './redis-keeper.js';
import { RedisNotStarted } from './redis-not-started.js';
import type { RedisAnswer, RedisServer } from './redis-server.js';
import { untilReady } from './until-ready.js';

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
    await untilReady(async () => {
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

  async pause(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    server.signal('SIGSTOP');
    await untilReady(async () => isStopped(server.processId));
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
    await untilReady(() => isInStep(this));
  }

  async promote(): Promise<void> {
    await this.command('REPLICAOF', 'NO', 'ONE');
  }

  stop(): Promise<void> {
    return this.#keeper.finish();
  }
}

/** Whether a replica has all that its primary had, and hears what it is told from now on. */
export async function isInStep(replica: RedisServer): Promise<boolean> {
  const info = String(await replica.command('INFO', 'replication'));
  return info.includes('master_link_status:up') && info.includes('master_sync_in_progress:0');
}
