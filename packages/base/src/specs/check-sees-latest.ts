import { Misuse } from '@holdfast/errors';
import type { UnitOfWork } from './spec.js';

/**
 * Throws Misuse unless each statement sees what is committed before it: a snapshot is older than the lock that is waited
 * for, and does not show what whoever held it has done.
 */
export function checkSeesLatest({ isolation }: Pick<UnitOfWork, 'isolation'>, what: string): void {
  if (isolation === 'read committed') return;
  throw new Misuse(
    `${what} needs to see what others have just committed: begin its dbSession read committed, not ${isolation}.`,
  );
}
