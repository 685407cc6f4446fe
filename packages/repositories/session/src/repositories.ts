import type { Database } from '@holdfast/base';
import type { Resilience } from '@holdfast/resilience';
import { SessionDbSource } from './session-db-source.js';
import { SessionRepository } from './session-repository.js';

export interface RepositoryArgs {
  readonly database: Database;
  /** Replaces the repository's default, `metrics(retry(call))`. */
  readonly resilience?: Resilience;
}

/** Puts the parts of this package together: `SessionRepositories.create({ database }).repository`. */
export class SessionRepositories {
  readonly repository: SessionRepository;

  private constructor(repository: SessionRepository) {
    this.repository = repository;
  }

  static create({ database, ...rest }: RepositoryArgs): SessionRepositories {
    return new SessionRepositories(new SessionRepository({ dbSource: new SessionDbSource(database), ...rest }));
  }
}
