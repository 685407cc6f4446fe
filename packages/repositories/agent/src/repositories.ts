import type { StandardRepositoryArgs } from '@holdfast/standard-repository';
import { AgentDbSource } from './agent-db-source.js';
import { AgentRepository } from './agent-repository.js';

/** Puts the parts of this package together: `AgentRepositories.create({ database }).repository`. */
export class AgentRepositories {
  readonly repository: AgentRepository;

  private constructor(repository: AgentRepository) {
    this.repository = repository;
  }

  static create({ database, conflictChecks, resilience }: StandardRepositoryArgs): AgentRepositories {
    const dbSource = new AgentDbSource(database, { conflictChecks });
    return new AgentRepositories(new AgentRepository({ dbSource, resilience }));
  }
}
