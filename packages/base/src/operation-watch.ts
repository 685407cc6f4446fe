import { Misuse } from '@holdfast/errors';
import { operationsAreObserved, publishOperation } from '@holdfast/operation';
import type { Connections } from './wire/connection-pool.js';
import { WatchedConnections } from './wire/watched-connections.js';

/** Which operations a Database tells of. */
export interface OperationWatchOptions {
  readonly slowOperationMs?: number;
  readonly tellOperations?: boolean;
}

/** What watches the operations of a Database, or null where nobody asked for it. Throws Misuse. */
export function operationWatch(
  { slowOperationMs, tellOperations = false }: OperationWatchOptions,
  source: object,
): OperationWatch | null {
  if (slowOperationMs === undefined && !tellOperations) return null;
  return new OperationWatch(slowOperationMs ?? null, tellOperations, source);
}

/** Tells of operations when they have ended: of all, of those that took long, or both. */
export class OperationWatch {
  readonly #slowMs: number | null;
  readonly #tellsAll: boolean;
  readonly #source: object;

  constructor(slowMs: number | null, tellsAll: boolean, source: object) {
    if (slowMs !== null && !(slowMs >= 0)) {
      throw new Misuse('slowOperationMs must be a number of milliseconds, at least 0.');
    }
    this.#slowMs = slowMs;
    this.#tellsAll = tellsAll;
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
      this.#tell(operation, watched, performance.now() - begin, error);
    }
  }

  #tell(operation: string, watched: WatchedConnections, durationMs: number, error: unknown): void {
    const { entity, statements, waitedMs } = watched;
    const source = this.#source;
    const facts = { at: null, operation, source, entity, durationMs, waitedMs, statements, error };
    if (this.#tellsAll) publishOperation({ kind: 'executed', ...facts });
    if (this.#slowMs !== null && durationMs >= this.#slowMs) publishOperation({ kind: 'slow', ...facts });
  }
}
