import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of the repository's operations. */
export const scheduleRepositoryResilience = repositoryResilience('schedule_repository');

/** `metrics(call)` of its database operations. */
export const scheduleDbSourceResilience = sourceResilience('schedule_db_source');
