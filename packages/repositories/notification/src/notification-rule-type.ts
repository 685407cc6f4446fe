/** What a rule is about. The values are the original's. */
export const NotificationRuleType = Object.freeze({
  SESSION_STARTED: 'session.started',
  SESSION_TERMINATED: 'session.terminated',
  ARTIFACT_DOWNLOAD_COMPLETED: 'artifact.download.completed',
  ENDPOINT_LIFECYCLE_CHANGED: 'endpoint.lifecycle.changed',
});

export type NotificationRuleType = (typeof NotificationRuleType)[keyof typeof NotificationRuleType];

/** All of them. */
export const NOTIFICATION_RULE_TYPES: readonly NotificationRuleType[] = Object.freeze(
  Object.values(NotificationRuleType),
);
