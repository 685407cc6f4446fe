import type { DbReadSession, ReadOptions } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { freeze, type Scope } from '@holdfast/querier';
import { rowsOfSession } from './rows-of-session.js';
import { SessionNotFound } from './session-not-found.js';
import { sessions } from './session-operations.js';
import { dependenciesOfSession, kernelsOfSession, mountsOfSession } from './session-parts.js';
import type { SessionRow } from './session-row.js';
import type { SessionWithDependencies } from './session-with-dependencies.js';
import { sumAllocations } from './sum-allocations.js';

/** A session with what belongs to it, as the dbSession sees it: five statements. Throws `SessionNotFound`. */
export async function readSessionWithDependencies(
  dbSession: Pick<DbReadSession, 'execute'>,
  scope: Scope<SessionRow>,
  id: SessionId,
  options?: Pick<ReadOptions, 'includeDeleted'>,
): Promise<SessionWithDependencies> {
  const session = await dbSession.execute(sessions.get(scope, id, options));
  const kernels = await dbSession.execute(rowsOfSession(scope, id, kernelsOfSession, options));
  const vfolderMounts = await dbSession.execute(rowsOfSession(scope, id, mountsOfSession, options));
  const dependsOn = await dbSession.execute(rowsOfSession(scope, id, dependenciesOfSession, options));
  const [allocation] = await dbSession.execute(sumAllocations(scope, 'session', [id], options));
  // A dbSession that is no snapshot may find it gone by now.
  if (allocation === undefined || allocation === null) throw new SessionNotFound(id);
  return freeze({ session, kernels, vfolderMounts, dependsOn, allocation });
}
