import type { AgentRow } from '@holdfast/agent-repository';
import type { NotificationChannelRow, NotificationRuleRow } from '@holdfast/notification-repository';
import type { Scope } from '@holdfast/querier';
import type { SessionRow } from '@holdfast/session-repository';
import type { DemoUser } from './tenant-directory.js';

/** The notification channels and rules that somebody administers. */
export interface NotificationScopes {
  readonly channels: Scope<NotificationChannelRow>;
  readonly rules: Scope<NotificationRuleRow>;
}

/** Somebody with an access key, and what it opens. */
export interface Principal {
  readonly role: 'user' | 'project-admin' | 'domain-admin' | 'superadmin';
  /** As it is printed, e.g. `research/vision/alice`. */
  readonly name: string;
  /** The sessions that may be seen and changed. */
  readonly sessions: Scope<SessionRow>;
  /** The agents that may be seen. */
  readonly agents: Scope<AgentRow>;
  /** The agents that may be changed; null for none. */
  readonly agentsToChange: Scope<AgentRow> | null;
  /** The notifications that may be seen and changed; null for none. */
  readonly notifications: NotificationScopes | null;
  /** Who may own the sessions that are created with this key; a user's only one is that user. */
  readonly owners: readonly DemoUser[];
}
