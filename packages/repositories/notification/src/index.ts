export { NotificationRepositories } from './repositories.js';
export { NotificationChannelRepository } from './notification-channel-repository.js';
export { NotificationRuleRepository } from './notification-rule-repository.js';
export { NotificationChannelConditions } from './notification-channel-conditions.js';
export { NotificationRuleConditions } from './notification-rule-conditions.js';
export { NotificationChannelOrders } from './notification-channel-orders.js';
export { NotificationRuleOrders } from './notification-rule-orders.js';
export { notificationChannelFields } from './notification-channel-fields.js';
export { notificationRuleFields } from './notification-rule-fields.js';
export { channelDomainScope, ruleDomainScope } from './notification-scopes.js';
export { notificationChannelId } from './notification-channel-id.js';
export { notificationRuleId } from './notification-rule-id.js';
export { NotificationChannelType } from './notification-channel-type.js';
export { NOTIFICATION_RULE_TYPES, NotificationRuleType } from './notification-rule-type.js';
export { NOTIFICATION_VARIABLES } from './notification-variables.js';
export { renderMessage, renderSubject } from './render-message.js';
export { isWebhookConfig } from './channel-config.js';
export { NotificationChannelNotFound } from './notification-channel-not-found.js';
export { NotificationChannelAlreadyExists } from './notification-channel-already-exists.js';
export { NotificationChannelHasRules } from './notification-channel-has-rules.js';
export { NotificationChannelIsDeleted } from './notification-channel-is-deleted.js';
export { NotificationRuleNotFound } from './notification-rule-not-found.js';
export { NotificationRuleAlreadyExists } from './notification-rule-already-exists.js';
export { domainChannelsCheck } from './domain-channels-check.js';
export { DomainHasNotificationChannels } from './domain-has-notification-channels.js';
export { MessageNotRenderable } from './message-not-renderable.js';

export type { NotificationRepositoryArgs } from './repositories.js';
export type { NotificationChannelId } from './notification-channel-id.js';
export type { NotificationRuleId } from './notification-rule-id.js';
export type { NotificationChannelInfo } from './notification-channel-info.js';
export type { NotificationRuleInfo } from './notification-rule-info.js';
export type { NotificationChannelCreationSpec } from './notification-channel-creation-spec.js';
export type { NotificationRuleCreationSpec } from './notification-rule-creation-spec.js';
export type { NotificationChannelUpdate } from './notification-channel-update.js';
export type { NotificationRuleUpdate } from './notification-rule-update.js';
export type { NotificationChannelSecrets, SecretName } from './notification-channel-secrets.js';
export type { NotificationChannelConfig, NotificationChannelConfigInput } from './channel-config.js';
export type { EmailConfig, EmailConfigInput, SmtpConfig } from './email-config.js';
export type { WebhookConfig, WebhookConfigInput } from './webhook-config.js';
export type { MatchingRule } from './matching-rule.js';
export type { MatchingOptions } from './notification-rule-repository.js';
export type { MessageArgs } from './render-message.js';
export type { CommonVariables, NotificationValue, NotificationVariables } from './notification-variables.js';
export type { NotificationChannelForDispatch } from './notification-channel-for-dispatch.js';
export type { RevealedSecrets, RevealedSecretValues } from './revealed-secrets.js';

// For those who compose the parts themselves, or write conditions on rows.
export { NotificationChannelDbSource } from './notification-channel-db-source.js';
export { NotificationRuleDbSource } from './notification-rule-db-source.js';
export {
  notificationChannelDbSourceResilience,
  notificationChannelRepositoryResilience,
  notificationRuleDbSourceResilience,
  notificationRuleRepositoryResilience,
} from './notification-resilience.js';
export { NotificationChannelRow } from './notification-channel-row.js';
export { NotificationRuleRow } from './notification-rule-row.js';

export type { NotificationChannelDbSourceOptions } from './notification-channel-db-source.js';
