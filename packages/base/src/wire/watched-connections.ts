import type { CheckedOut, Connections } from './connection-pool.js';
import type { RunLimits } from './run-limits.js';
import { stateOf } from './state-of.js';

/** The connections of one operation, with what it does on them. */
export class WatchedConnections implements Connections {
  readonly #connections: Connections;
  /** The entity that a statement was for, the last one where there were several; null where none says. */
  entity: string | null = null;
  /** Statements that the server has completed, BEGIN, COMMIT and settings among them. */
  statements = 0;
  /** Milliseconds until there was a connection. */
  waitedMs = 0;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  checkOut(limits: RunLimits, use: CheckedOut): void {
    const begin = performance.now();
    this.#connections.checkOut(limits, (error, client, release) => {
      this.waitedMs += performance.now() - begin;
      if (error !== null) return use(error, client, release);
      const state = stateOf(client);
      const before = state.commands;
      state.entity = null;
      use(null, client, (broken) => {
        this.statements += state.commands - before;
        this.entity = state.entity ?? this.entity;
        release(broken);
      });
    });
  }

  suspect(): void {
    this.#connections.suspect();
  }
}
