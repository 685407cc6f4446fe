import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on groups. */
export const groupRepositoryResilience = repositoryResilience('group_repository');

/** `metrics(call)` of every database operation on groups. */
export const groupDbSourceResilience = sourceResilience('group_db_source');
