import { Deadline } from '@holdfast/operation';
import type { Commits } from '../commit/commits.js';
import { untilAnswered } from '../commit/until-answered.js';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { AmbiguousCommitError, DatabaseError } from '../errors/database-error.js';
import { OperationAlreadyDone } from '../errors/operation-already-done.js';
import { executePlan } from '../execute-plan.js';
import type { Replay } from '../session/replay.js';
import type { RunLimits } from '../wire/run-limits.js';
import type { Connections } from '../wire/connection-pool.js';
import type { KeyedWrite } from './keyed-write.js';

/** What a key is recalled with. */
export interface RecallParts {
  readonly pool: Connections;
  readonly catalog: EntityCatalog;
  readonly replay: Replay;
  readonly commits: Commits;
}

const RECALL_MS = 10_000;

/**
 * What was answered when the write with this key was done. Throws OperationAlreadyDone where that was not kept, and
 * OperationKeyReused where the key stands for something else. A connection that is lost meanwhile says nothing of the
 * write: it is asked again, on connections of its own, and AmbiguousCommitError where nobody answers in time.
 */
export async function recall(parts: RecallParts, key: KeyedWrite, limits: RunLimits): Promise<string> {
  const plan = key.recollection.plan(parts.catalog);
  const asked = (pool: Connections, within: RunLimits): Promise<string | null> =>
    executePlan(pool, plan, false, within, parts.replay, 'recall');
  const again = async (): Promise<string | null> => {
    const deadline = Deadline.after(RECALL_MS, parts.replay.clock);
    const { connections } = parts.commits;
    const answer = await untilAnswered(
      () => asked(connections, { deadline }).then(answered, unlessRefused),
      deadline,
      parts.replay.clock,
    );
    if (answer === null) throw new AmbiguousCommitError(new Error('Nobody answered what became of an operation key.'));
    return answer.text;
  };
  const text = await asked(parts.pool, limits).catch((error: unknown) => {
    unlessRefused(error);
    return again();
  });
  if (text === null) throw new OperationAlreadyDone();
  return text;
}

function answered(text: string | null): { readonly text: string | null } {
  return { text };
}

/** Null where somebody else may answer; throws what was answered. */
function unlessRefused(error: unknown): null {
  if (error instanceof DatabaseError && error.retryable) return null;
  throw error;
}
