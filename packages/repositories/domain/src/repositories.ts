import type { StandardRepositoryArgs } from '@holdfast/standard-repository';
import { DomainDbSource } from './domain-db-source.js';
import { DomainRepository } from './domain-repository.js';

/** Puts the parts of this package together: `DomainRepositories.create({ database, conflictChecks }).repository`. */
export class DomainRepositories {
  readonly repository: DomainRepository;

  private constructor(repository: DomainRepository) {
    this.repository = repository;
  }

  static create({ database, conflictChecks, resilience }: StandardRepositoryArgs): DomainRepositories {
    const dbSource = new DomainDbSource(database, { conflictChecks });
    return new DomainRepositories(new DomainRepository({ dbSource, resilience }));
  }
}
