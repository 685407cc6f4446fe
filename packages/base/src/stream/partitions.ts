import type { EntityCatalog } from '../entity/entity-catalog.js';
import { DatabaseError } from '../errors/database-error.js';
import type { Plan } from '../specs/spec.js';
import { cursorOf } from './cursor.js';
import type { StreamSpec } from './stream-spec.js';

/** The transaction that a cursor is opened in. */
export interface CursorHost {
  readonly catalog: EntityCatalog;
  /** Told apart from the transaction's other cursors. */
  readonly number: number;
  run<Result>(plan: Plan<Result>): Promise<Result>;
}

interface Fetched<Data> {
  readonly data: readonly Data[];
  /** Whether there may be more. */
  readonly isFull: boolean;
}

/**
 * What a spec reads, partition by partition, none of them empty. The cursor rides in front of its first partition. Its
 * spec's settings of row-level security go in front of each: policies are asked for the rows as they are read, and another
 * spec may have said something else between two partitions.
 */
export async function* partitionsOf<Data>(
  { rows, partitionSize }: StreamSpec<Data>,
  host: CursorHost,
): AsyncGenerator<readonly Data[], void, void> {
  const plan = rows.plan(host.catalog);
  const { ahead, before = [] } = plan;
  const cursor = cursorOf(plan, host.number, partitionSize);
  const next: Plan<Fetched<Data>> = {
    ...cursor.fetch,
    ...(ahead === undefined ? {} : { ahead: { settings: ahead.settings, checks: null } }),
    finish: (sink) => ({ isFull: sink.affected === partitionSize, data: plan.finish(sink) }),
    failure: (error) => plan.failure?.(error) ?? error,
  };
  const first: typeof next = {
    ...next,
    before: [...before, cursor.declare],
    ...(ahead === undefined ? {} : { ahead }),
  };
  let isOpen = true;
  try {
    for (let trip = first; ; trip = next) {
      const { data, isFull } = await host.run(trip);
      if (data.length > 0) yield data;
      if (!isFull) return;
    }
  } catch (error) {
    // The transaction can only be undone now, and the cursor goes with it.
    isOpen = !(error instanceof DatabaseError);
    throw error;
  } finally {
    // Where it cannot be closed, the transaction has ended or is about to: there is nothing left to close.
    if (isOpen) await host.run({ ...cursor.close, finish: () => undefined }).catch(() => {});
  }
}
