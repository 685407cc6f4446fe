import type { FaultProxy } from '@holdfast/testing';
import { Client } from 'pg';
import { syntheticTenants } from '../../src/tenants/synthetic-tenants.js';
import { RestLoad, type RestLoadArgs } from './rest-load.js';
import type { RunningDemo } from './running-demo.js';

const superadmin = syntheticTenants.superadminKey;
const owner = syntheticTenants.domains[0]!.users[0]!;
const CLIENTS = 16;
const CALL_PATIENCE_MS = 60_000;
const LATE_MS = 1_300;
/** At the same time: it takes some seconds until nobody can tell any more. */
const LOST_COMMITS = 8;

/** Ends a fault; resolves when nothing of it is left. */
export type EndFault = () => Promise<void>;

export interface AlertFaultsArgs {
  readonly demo: RunningDemo;
  /** Between the demo and its database. */
  readonly proxy: FaultProxy;
  /** Past the proxy. */
  readonly databaseUrl: string;
}

/** What can go wrong between a demo and its database, each together with the calls that meet it. */
export class AlertFaults {
  readonly #demo: RunningDemo;
  readonly #proxy: FaultProxy;
  readonly #other: Client;
  /** Two sessions, in the order in which a statement comes by them. */
  readonly #sessions: readonly [string, string];
  #loads = 0;

  private constructor({ demo, proxy }: AlertFaultsArgs, other: Client, sessions: readonly [string, string]) {
    this.#demo = demo;
    this.#proxy = proxy;
    this.#other = other;
    this.#sessions = sessions;
  }

  static async on(args: AlertFaultsArgs): Promise<AlertFaults> {
    const body = { type: 'batch', image: 'python:3.12', requestedSlots: { cpu: 1 } };
    const ids: string[] = [];
    for (const name of ['alerts-1', 'alerts-2']) {
      ids.push(String((await args.demo.call(owner.accessKey, '/sessions', { ...body, name })).body['id']));
    }
    const other = new Client({ connectionString: args.databaseUrl });
    await other.connect();
    return new AlertFaults(args, other, [ids[0]!, ids[1]!]);
  }

  async end(): Promise<void> {
    await this.#other.end();
  }

  /** Calls alone, of few clients. */
  async nothing(): Promise<EndFault> {
    return this.#load({ clients: 2 });
  }

  async lateAnswers(): Promise<EndFault> {
    this.#proxy.storm({ share: 1, faults: ['delay'], at: ['anySync'], answerDelayMs: LATE_MS });
    return this.#untilCalm(this.#load());
  }

  /** Meanwhile somebody asks, as orchestrators do, whether the demo is ready. */
  async lockedRows(): Promise<EndFault> {
    const [id] = this.#sessions;
    await this.#other.query('BEGIN');
    await this.#other.query('SELECT FROM sessions WHERE id = $1 FOR UPDATE', [id]);
    const ends = [
      ...Array.from({ length: 2 * CLIENTS }, () => this.#keepCalling(() => this.#tag(id))),
      this.#keepCalling(() => this.#demo.call(null, '/health/ready')),
    ];
    return async () => {
      await this.#other.query('ROLLBACK');
      await Promise.all(ends.map((end) => end()));
    };
  }

  async lateConnections(): Promise<EndFault> {
    this.#proxy.storm({ share: 1, faults: ['delay'], at: ['connect'], answerDelayMs: LATE_MS });
    const cuts = this.#keepCalling(() => this.#proxy.next({ fault: 'resetBefore', at: 'anySync' }).catch(() => null));
    const load = this.#load();
    return async () => {
      const over = cuts();
      this.#proxy.calm();
      await over;
      await load();
    };
  }

  async lostConnections(): Promise<EndFault> {
    this.#proxy.storm({ share: 0.3, faults: ['resetBefore', 'cutBefore'], at: ['anySync'] });
    return this.#untilCalm(this.#load({ onlyReads: true }));
  }

  async unreachable(): Promise<EndFault> {
    this.#proxy.storm({ share: 1, faults: ['resetBefore'], at: ['anySync', 'connect'] });
    const end = this.#untilCalm(this.#load());
    return async () => {
      await end();
      // Somebody has to ask, or nobody ever notices that it is there again.
      await this.#readiness(200);
    };
  }

  /** Each time until the breaker has opened, and then until it has closed. */
  async comingAndGoing(): Promise<EndFault> {
    const load = this.#load();
    const cycles = this.#keepCalling(async () => {
      this.#proxy.storm({ share: 1, faults: ['resetBefore'], at: ['anySync', 'connect'] });
      await this.#readiness(503, /circuit breaker is open/);
      this.#proxy.calm();
      await this.#readiness(200);
    });
    return async () => {
      await cycles();
      await load();
    };
  }

  /** Of the commits, and of the question what became of them. */
  async lostCommits(): Promise<EndFault> {
    this.#proxy.storm({ share: 1, faults: ['cutAfter'], at: ['commit', { sql: /pg_xact_status/ }] });
    const ends = Array.from({ length: LOST_COMMITS }, () => this.#keepCalling(() => this.#tag(this.#sessions[0])));
    return this.#untilCalm(async () => void (await Promise.all(ends.map((end) => end()))));
  }

  async heldOperation(): Promise<EndFault> {
    const held = this.#proxy.next({ fault: 'holdBefore', at: 'anySync' });
    const answer = this.#demo.call(superadmin, '/schedule/common');
    await held;
    return async () => {
      await this.#proxy.heal();
      await answer;
    };
  }

  /** The other one locks the second session, and then wants the first, which a batch of the demo's has locked meanwhile. */
  async deadlocks(): Promise<EndFault> {
    await this.#other.query(`SET deadlock_timeout = '60s'`);
    return this.#keepCalling(async () => {
      const [first, second] = this.#sessions;
      await this.#other.query('BEGIN');
      await this.#other.query('SELECT FROM sessions WHERE id = $1 FOR UPDATE', [second]);
      const body = { ids: [first, second], change: { tag: 'x' } };
      const batch = this.#demo.call(owner.accessKey, '/sessions/batch-update', body);
      await this.#waitingForLock();
      await this.#other.query('SELECT FROM sessions WHERE id = $1 FOR UPDATE', [first]);
      await this.#other.query('ROLLBACK');
      await batch;
    });
  }

  async #waitingForLock(): Promise<void> {
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await this.#other.query(waiting)).rowCount === 0);
  }

  async #readiness(status: number, text = /./): Promise<void> {
    for (;;) {
      const answer = await this.#demo.call(null, '/health/ready');
      if (answer.status === status && text.test(answer.text)) return;
    }
  }

  #tag(id: string): Promise<unknown> {
    return this.#demo.call(owner.accessKey, `/sessions/${id}`, { tag: 'x' }, 'PATCH');
  }

  #load(changes: Partial<RestLoadArgs> = {}): EndFault {
    const load = new RestLoad({
      address: this.#demo.address,
      accessKey: owner.accessKey,
      prefix: `load-${++this.#loads}`,
      clients: CLIENTS,
      patienceMs: CALL_PATIENCE_MS,
      restMs: 20,
      ...changes,
    });
    return () => load.stop();
  }

  /** One call after the other, whatever they are answered with. */
  #keepCalling(call: () => Promise<unknown>): EndFault {
    let isOver = false;
    const run = async (): Promise<void> => {
      while (!isOver) await call();
    };
    const running = run();
    return () => {
      isOver = true;
      return running;
    };
  }

  #untilCalm(end: EndFault): EndFault {
    return async () => {
      await this.#proxy.heal();
      await end();
    };
  }
}
