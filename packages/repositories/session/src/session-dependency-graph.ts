import type { SessionId } from '@holdfast/domain-types';
import type { SessionInfo } from './session-info.js';

/** A session that depends on another. */
export interface SessionDependency {
  readonly sessionId: SessionId;
  readonly dependsOn: SessionId;
}

/** A session and all that it waits for, however far away: plain data, frozen. */
export interface SessionDependencyGraph {
  /** The one that was asked for first, and then by how many steps they are away from it. Each is there once. */
  readonly sessions: readonly SessionInfo[];
  /** Among these sessions; in no cycle. */
  readonly dependencies: readonly SessionDependency[];
}
