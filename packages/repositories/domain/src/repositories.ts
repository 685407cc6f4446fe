import type { CachingRepositoryArgs } from '@holdfast/standard-repository';
import { domainCacheSource } from './domain-cache-source.js';
import { DomainDbSource } from './domain-db-source.js';
import { DomainRepository } from './domain-repository.js';

/** Puts the parts of this package together: `DomainRepositories.create({ database, conflictChecks }).repository`. */
export class DomainRepositories {
  readonly repository: DomainRepository;

  private constructor(repository: DomainRepository) {
    this.repository = repository;
  }

  static create({ database, cache, conflictChecks, resilience }: CachingRepositoryArgs): DomainRepositories {
    const dbSource = new DomainDbSource(database, { conflictChecks });
    const cacheSource = domainCacheSource(cache);
    return new DomainRepositories(new DomainRepository({ dbSource, cacheSource, resilience }));
  }
}
