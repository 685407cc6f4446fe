import type { BatchResult, WriteSpec } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { type Scope, where } from '@holdfast/querier';
import { ownedScope } from './owned-scope.js';
import { sessionDependencies } from './session-dependency-operations.js';
import type { SessionDependencyRow } from './session-dependency-row.js';
import type { SessionRow } from './session-row.js';

/** Lets a session wait no longer for others; what it did not wait for is passed over. */
export function removeDependencies(
  scope: Scope<SessionRow>,
  sessionId: SessionId,
  dependsOn: readonly SessionId[],
): WriteSpec<BatchResult> {
  const target = where<SessionDependencyRow>({ sessionId: { eq: sessionId }, dependsOn: { in: dependsOn } });
  return sessionDependencies.batchPurge(ownedScope(scope), target);
}
