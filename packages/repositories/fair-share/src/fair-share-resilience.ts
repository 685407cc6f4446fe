import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of the operations on fair shares. */
export const fairShareRepositoryResilience = repositoryResilience('fair_share_repository');

/** `metrics(call)` of its database operations. */
export const fairShareDbSourceResilience = sourceResilience('fair_share_db_source');

/** `metrics(retry(call))` of the operations on what was used. */
export const resourceUsageRepositoryResilience = repositoryResilience('resource_usage_history_repository');

/** `metrics(call)` of its database operations. */
export const resourceUsageDbSourceResilience = sourceResilience('resource_usage_history_db_source');
