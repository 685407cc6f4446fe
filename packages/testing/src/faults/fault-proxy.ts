import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { FaultKind } from './fault-kind.js';
import type { FaultPlan, FaultStorm, LandedFault } from './fault-plan.js';
import { FaultSchedule } from './fault-schedule.js';
import { FaultyConnection } from './faulty-connection.js';

/**
 * A way to a server on which connections are lost at the very message that was asked for, made by `startFaultProxy`.
 * Without faults it hands everything on as it comes.
 */
export class FaultProxy {
  readonly #listener: Server;
  readonly #schedule: FaultSchedule;
  readonly #connections = new Set<FaultyConnection>();
  #closed: Promise<void> | null = null;

  /** Where it is reached. */
  readonly host: string;
  /** Where it is reached. */
  readonly port: number;
  /** Decides about storms: with the same seed, messages in the same order are hit by the same faults. */
  readonly seed: number;

  private constructor(listener: Server, target: { readonly host: string; readonly port: number }, seed: number) {
    const { address, port } = listener.address() as AddressInfo;
    this.#listener = listener;
    this.#schedule = new FaultSchedule(seed);
    this.host = address;
    this.port = port;
    this.seed = seed;
    listener.on('connection', (client) => this.#accept(client, connect({ ...target, allowHalfOpen: true })));
  }

  /** One in front of a server. */
  static async inFrontOf(target: { readonly host: string; readonly port: number }, seed: number): Promise<FaultProxy> {
    const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new FaultProxy(listener, target, seed);
  }

  /** The same database and user as `url` names, by way of this proxy. */
  through(url: string): string {
    const through = new URL(url);
    through.host = `${this.host}:${this.port}`;
    return through.href;
  }

  /**
   * Aims one fault at the next message that matches, on whichever connection; several are aimed in their order. Resolves
   * when it has landed: after `cutAfter`, `resetAfter`, `holdAfter` and `dropToClient` the server has answered, after a
   * `delay` the message or its answer has gone on. If the server is lost before it answers, the next message that matches
   * is hit instead. Rejects with Misuse if it is called off first, by `calm`, `heal` or `close`.
   *
   * @throws {Misuse} If the fault could never land.
   */
  next(plan: FaultPlan): Promise<LandedFault> {
    return this.#schedule.arm(plan);
  }

  /**
   * From now on, and instead of an earlier storm, a part of all messages that match is hit. The seed and the order of
   * those messages decide which ones, and by what; a message that was hit by `next` is none of them.
   *
   * @throws {Misuse} If its faults could never land.
   */
  storm(storm: FaultStorm): void {
    this.#schedule.storm(storm);
  }

  /** Ends the storm and calls off what has been aimed and not landed. What is held stays held. */
  calm(): void {
    this.#schedule.calm();
  }

  /** How many faults of each kind have landed between the sending of a message and its answer: all but those at `connect`. */
  get landed(): Readonly<Record<FaultKind, number>> {
    return this.#schedule.counts;
  }

  /** How many connections a fault keeps open in silence, on one side at least. */
  get held(): number {
    let held = 0;
    for (const connection of this.#connections) if (connection.isHeld) held++;
    return held;
  }

  /** How many connections are open, held ones included. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Ends both sides of what is held; resolves when it is closed. */
  async releaseHeld(): Promise<void> {
    await this.#cut(({ isHeld }) => isHeld);
  }

  /** `calm` and `releaseHeld`. */
  async heal(): Promise<void> {
    this.calm();
    await this.releaseHeld();
  }

  /** Ends everything; resolves when nothing is open any more. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.calm();
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    await this.#cut(() => true);
    await closed;
  }

  async #cut(isMeant: (connection: FaultyConnection) => boolean): Promise<void> {
    const meant = [...this.#connections].filter(isMeant);
    for (const connection of meant) connection.cut();
    await Promise.all(meant.map(({ closed }) => closed));
  }

  #accept(client: Socket, server: Socket): void {
    const connection = new FaultyConnection(client, server, this.#schedule);
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
  }
}
