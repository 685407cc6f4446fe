import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on channels. */
export const notificationChannelRepositoryResilience = repositoryResilience('notification_channel_repository');

/** `metrics(call)` of every database operation on channels. */
export const notificationChannelDbSourceResilience = sourceResilience('notification_channel_db_source');

/** `metrics(retry(call))` of every repository operation on rules. */
export const notificationRuleRepositoryResilience = repositoryResilience('notification_rule_repository');

/** `metrics(call)` of every database operation on rules. */
export const notificationRuleDbSourceResilience = sourceResilience('notification_rule_db_source');
