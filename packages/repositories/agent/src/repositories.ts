import type { CachingRepositoryArgs } from '@holdfast/standard-repository';
import { agentCacheSource } from './agent-cache-source.js';
import { AgentDbSource } from './agent-db-source.js';
import { AgentRepository } from './agent-repository.js';

/** Puts the parts of this package together: `AgentRepositories.create({ database }).repository`. */
export class AgentRepositories {
  readonly repository: AgentRepository;

  private constructor(repository: AgentRepository) {
    this.repository = repository;
  }

  static create({ database, cache, conflictChecks, resilience }: CachingRepositoryArgs): AgentRepositories {
    const dbSource = new AgentDbSource(database, { conflictChecks });
    const cacheSource = agentCacheSource(cache);
    return new AgentRepositories(new AgentRepository({ dbSource, cacheSource, resilience }));
  }
}
