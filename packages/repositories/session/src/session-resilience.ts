import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on sessions. */
export const sessionRepositoryResilience = repositoryResilience('session_repository');

/** `metrics(call)` of every database operation on sessions. */
export const sessionDbSourceResilience = sourceResilience('session_db_source');
