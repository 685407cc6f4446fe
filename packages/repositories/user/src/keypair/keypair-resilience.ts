import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on key pairs. */
export const keypairRepositoryResilience = repositoryResilience('keypair_repository');

/** `metrics(call)` of every database operation on key pairs. */
export const keypairDbSourceResilience = sourceResilience('keypair_db_source');
