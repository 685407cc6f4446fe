import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on agents. */
export const agentRepositoryResilience = repositoryResilience('agent_repository');

/** `metrics(call)` of every database operation on agents. */
export const agentDbSourceResilience = sourceResilience('agent_db_source');

/** `metrics(retry(call))` of every operation on the lives of agents. */
export const agentLivenessResilience = repositoryResilience('agent_liveness');
