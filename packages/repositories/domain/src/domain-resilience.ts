import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on domains. */
export const domainRepositoryResilience = repositoryResilience('domain_repository');

/** `metrics(call)` of every database operation on domains. */
export const domainDbSourceResilience = sourceResilience('domain_db_source');
