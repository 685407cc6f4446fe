import type { StandardRepositoryArgs } from '@holdfast/standard-repository';
import { SessionDbSource } from './session-db-source.js';
import { SessionRepository } from './session-repository.js';

/** Puts the parts of this package together: `SessionRepositories.create({ database }).repository`. */
export class SessionRepositories {
  readonly repository: SessionRepository;

  private constructor(repository: SessionRepository) {
    this.repository = repository;
  }

  static create({ database, conflictChecks, resilience }: StandardRepositoryArgs): SessionRepositories {
    const dbSource = new SessionDbSource(database, { conflictChecks });
    return new SessionRepositories(new SessionRepository({ dbSource, resilience }));
  }
}
