import type { Database } from '@holdfast/base';
import type { Resilience } from '@holdfast/resilience';
import { AgentDbSource } from './agent-db-source.js';
import { AgentRepository } from './agent-repository.js';

export interface RepositoryArgs {
  readonly database: Database;
  /** Replaces the repository's default, `metrics(retry(call))`. */
  readonly resilience?: Resilience;
}

/** Puts the parts of this package together: `AgentRepositories.create({ database }).repository`. */
export class AgentRepositories {
  readonly repository: AgentRepository;

  private constructor(repository: AgentRepository) {
    this.repository = repository;
  }

  static create({ database, ...rest }: RepositoryArgs): AgentRepositories {
    return new AgentRepositories(new AgentRepository({ dbSource: new AgentDbSource(database), ...rest }));
  }
}
