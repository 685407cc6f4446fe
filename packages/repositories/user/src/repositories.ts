import type { StandardRepositoryArgs } from '@holdfast/standard-repository';
import { UserDbSource } from './user-db-source.js';
import { UserRepository } from './user-repository.js';

/** Puts the parts of users together: `UserRepositories.create({ database }).repository`. */
export class UserRepositories {
  readonly repository: UserRepository;

  private constructor(repository: UserRepository) {
    this.repository = repository;
  }

  static create({ database, conflictChecks, resilience }: StandardRepositoryArgs): UserRepositories {
    const dbSource = new UserDbSource(database, { conflictChecks });
    return new UserRepositories(new UserRepository({ dbSource, resilience }));
  }
}
