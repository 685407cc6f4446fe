import type { Database } from '@holdfast/base';
import type { Resilience } from '@holdfast/resilience';
import type { DbSourceOptions } from '@holdfast/standard-repository';
import { FairShareDbSource } from './fair-share-db-source.js';
import { FairShareRepository } from './fair-share-repository.js';
import { ResourceUsageDbSource } from './resource-usage-db-source.js';
import { ResourceUsageRepository } from './resource-usage-repository.js';

/** What `FairShareRepositories.create` is given. */
export interface FairShareRepositoryArgs extends DbSourceOptions {
  readonly database: Database;
  /** Replaces the repositories' defaults, `metrics(retry(call))`. */
  readonly resilience?: { readonly fairShares?: Resilience; readonly usage?: Resilience };
}

/** Puts the parts of this package together: `const { repository, usageRepository } = FairShareRepositories.create({ database })`. */
export class FairShareRepositories {
  readonly repository: FairShareRepository;
  readonly usageRepository: ResourceUsageRepository;

  private constructor(repository: FairShareRepository, usageRepository: ResourceUsageRepository) {
    this.repository = repository;
    this.usageRepository = usageRepository;
  }

  static create({ database, conflictChecks, resilience = {} }: FairShareRepositoryArgs): FairShareRepositories {
    const shares = new FairShareDbSource(database, { conflictChecks });
    const usage = new ResourceUsageDbSource(database);
    return new FairShareRepositories(
      new FairShareRepository({ dbSource: shares, resilience: resilience.fairShares }),
      new ResourceUsageRepository({ dbSource: usage, resilience: resilience.usage }),
    );
  }
}
