import type { NotificationRuleType } from './notification-rule-type.js';

/** The variables that messages of all types of rules have. */
export const COMMON_VARIABLES = Object.freeze(['ruleType', 'ruleName', 'domainName', 'occurredAt'] as const);

const session = [
  'sessionId',
  'sessionName',
  'sessionType',
  'clusterMode',
  'status',
  'projectId',
  'userId',
  'scalingGroupName',
] as const;

/** What messages of a type of rule can speak of, beside the common ones. */
const own = {
  'session.started': session,
  'session.terminated': [...session, 'statusInfo', 'result'],
  'artifact.download.completed': [
    'artifactId',
    'artifactName',
    'artifactType',
    'registryId',
    'registryType',
    'version',
    'status',
    'success',
    'digest',
  ],
  'endpoint.lifecycle.changed': ['endpointId', 'endpointName', 'projectId', 'url', 'oldLifecycle', 'newLifecycle'],
} as const satisfies Readonly<Record<NotificationRuleType, readonly string[]>>;

/** The names that a message template of a type of rule may use. */
export const NOTIFICATION_VARIABLES: Readonly<Record<NotificationRuleType, readonly string[]>> = Object.freeze(
  Object.fromEntries(
    Object.entries(own).map(([type, names]) => [type, Object.freeze([...COMMON_VARIABLES, ...names])]),
  ),
) as Readonly<Record<NotificationRuleType, readonly string[]>>;

/** What a variable can be. Null is nothing: the empty text, and false to a section. */
export type NotificationValue = string | number | boolean | null;

/** The values of the variables that messages of all types of rules have; `occurredAt` is ISO 8601. */
export type CommonVariables = Readonly<Record<(typeof COMMON_VARIABLES)[number], NotificationValue>>;

/** The values of a type's variables, the common ones among them. */
export type NotificationVariables<Type extends NotificationRuleType = NotificationRuleType> = CommonVariables &
  Readonly<Record<(typeof own)[Type][number], NotificationValue>>;
