import type pg from 'pg';
import { destroy } from './cancel-fence.js';
import { isLimited, type RunLimits } from './run-limits.js';
import { runStatement } from './run-statement.js';
import type { Step } from './statement.js';
import type { RunDone } from './statement-run.js';
import { Wait } from './wait.js';

/** How long after its limits an answer is waited for. */
const GRACE_MS = 2_000;

/**
 * Runs what must not be cancelled, since nobody could tell what is left of it: COMMIT and ROLLBACK. Where there is no
 * answer by two seconds after the signal aborted or the deadline passed, the connection is cut, and it is `lost`.
 */
export function runToItsEnd(
  client: pg.ClientBase,
  step: Step,
  before: readonly Step[],
  limits: RunLimits,
  done: RunDone,
): void {
  if (!isLimited(limits)) return runStatement(client, step, before, done);
  let timer: NodeJS.Timeout | undefined;
  const wait = new Wait(limits, () => {
    timer = setTimeout(() => destroy(client), GRACE_MS);
  });
  runStatement(client, step, before, (failure, sink) => {
    wait.end();
    clearTimeout(timer);
    done(failure, sink);
  });
}
