import type { OpenLedger } from '../ledger/open-ledger.js';
import type { SeededRandom } from '../seeded-random.js';
import type { ChaosServer } from './chaos-server.js';
import { exhaustPool } from './exhaust-pool.js';
import type { ServerFault } from './fault-name.js';
import type { ScheduledFault } from './server-fault-schedule.js';

export interface ServerFaultsArgs {
  readonly server: ChaosServer;
  readonly opened: OpenLedger;
  readonly schedule: readonly ScheduledFault[];
  readonly random: SeededRandom;
}

/** Brings the faults of the server and the pool, one after the other, when as many writes have ended as each waits for. */
export class ServerFaults {
  readonly #args: ServerFaultsArgs;
  readonly #due: ScheduledFault[];
  readonly #landed = new Map<ServerFault, number>();
  #running: Promise<void> | null = null;
  #failed: (error: unknown) => void = () => {};
  /** Rejects when the server does not come back. */
  readonly failure: Promise<never> = new Promise((_, reject) => (this.#failed = reject));

  constructor(args: ServerFaultsArgs) {
    this.#args = args;
    this.#due = [...args.schedule];
    this.failure.catch(() => {});
  }

  /** Those that met something. */
  get landed(): Readonly<Partial<Record<ServerFault, number>>> {
    return Object.fromEntries(this.#landed);
  }

  /** To be called whenever a write has ended. */
  writesEnded(writes: number): void {
    if (this.#running !== null || this.#due[0] === undefined || this.#due[0].after > writes) return;
    const next = this.#due.shift()!;
    this.#running = this.#bring(next.fault)
      .then((landed) => {
        // Where nobody was there to be hit, it comes again after the next write.
        if (!landed) this.#due.unshift(next);
        else this.#landed.set(next.fault, (this.#landed.get(next.fault) ?? 0) + 1);
      })
      .catch(this.#failed)
      .finally(() => (this.#running = null));
  }

  /** Lets the one that is under way come to its end. */
  async over(): Promise<void> {
    this.#due.length = 0;
    await this.#running;
  }

  async #bring(fault: ServerFault): Promise<boolean> {
    const { server, opened, random } = this.#args;
    switch (fault) {
      case 'terminate':
        return server.terminateBackend(random);
      case 'killBackend':
        return server.killBackend(random);
      case 'killServer':
        await server.kill();
        return true;
      case 'rollingRestart':
        await server.restart();
        return true;
      case 'poolExhaustion':
        return exhaustPool(opened);
    }
  }
}
