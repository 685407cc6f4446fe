import { Misuse } from '@holdfast/errors';
import { operationsAreObserved, publishOperation } from '@holdfast/operation';
import type { Connections } from './wire/connection-pool.js';
import { WatchedConnections } from './wire/watched-connections.js';

/** Tells of operations that took long. */
export class SlowOperations {
  readonly #thresholdMs: number;
  readonly #source: object;

  /** `source` is under which its events are published. Throws Misuse. */
  constructor(thresholdMs: number, source: object) {
    if (!(thresholdMs >= 0)) throw new Misuse('slowOperationMs must be a number of milliseconds, at least 0.');
    this.#thresholdMs = thresholdMs;
    this.#source = source;
  }

  /** Runs an operation on connections that it watches. */
  async watch<Result>(
    operation: string,
    connections: Connections,
    run: (connections: Connections) => Promise<Result>,
  ): Promise<Result> {
    if (!operationsAreObserved()) return run(connections);
    const begin = performance.now();
    const watched = new WatchedConnections(connections);
    let error: unknown = null;
    try {
      return await run(watched);
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      const durationMs = performance.now() - begin;
      if (durationMs >= this.#thresholdMs) {
        const { entity, statements, waitedMs } = watched;
        const source = this.#source;
        publishOperation({
          kind: 'slow',
          at: null,
          operation,
          source,
          entity,
          durationMs,
          waitedMs,
          statements,
          error,
        });
      }
    }
  }
}
