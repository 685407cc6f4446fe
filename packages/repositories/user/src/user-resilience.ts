import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on users. */
export const userRepositoryResilience = repositoryResilience('user_repository');

/** `metrics(call)` of every database operation on users. */
export const userDbSourceResilience = sourceResilience('user_db_source');
