import { entityOperations } from '@holdfast/base';
import { SessionDependencyCycle } from './session-dependency-cycle.js';
import type { SessionDependency } from './session-dependency-graph.js';
import { SessionDependencyRow } from './session-dependency-row.js';
import { SessionNotFound } from './session-not-found.js';
import { dependencyRowLevelSecurity } from './session-row-level-security.js';

/** The standard operations of dependencies. */
export const sessionDependencies = entityOperations<SessionDependencyRow, SessionDependency, SessionDependency>({
  entity: SessionDependencyRow,
  toData: ({ sessionId, dependsOn }) => ({ sessionId, dependsOn }),
  notFound: ({ sessionId }) => new SessionNotFound(sessionId),
  alreadyExists: () => new SessionDependencyCycle(),
  rowLevelSecurity: dependencyRowLevelSecurity,
});
