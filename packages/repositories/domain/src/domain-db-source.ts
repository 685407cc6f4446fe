import type { ConflictCheck, ReadOptions, WriteOptions } from '@holdfast/base';
import type { DomainId, DomainName } from '@holdfast/domain-types';
import { batchQuerier, type QueryCondition, type Scope, type Unscoped } from '@holdfast/querier';
import { standardDbSource } from '@holdfast/standard-repository';
import { defaultSwap } from './default-swap.js';
import { DomainConditions } from './domain-conditions.js';
import { domainCreator } from './domain-creator.js';
import type { DomainInfo } from './domain-info.js';
import { DomainIsDefault } from './domain-is-default.js';
import { DomainNotFound } from './domain-not-found.js';
import { domains } from './domain-operations.js';
import { domainDbSourceResilience } from './domain-resilience.js';
import type { DomainRow } from './domain-row.js';
import { domainUpdater } from './domain-updater.js';

/** The default refers to itself: it is not purged, or there would be none. */
const stays: ConflictCheck = {
  table: 'domains',
  column: 'name',
  whose: { column: 'is_default', in: ['true'] },
  error: () => new DomainIsDefault('purge'),
};

const standard = standardDbSource(domainDbSourceResilience, {
  operations: domains,
  creator: domainCreator,
  updater: domainUpdater,
  conflictChecks: [stays],
});

type Domains = Scope<DomainRow>;

/** All SQL on domains. */
export class DomainDbSource extends standard {
  @domainDbSourceResilience.apply()
  async getDomainById(scope: Domains, id: DomainId, options?: ReadOptions): Promise<DomainInfo> {
    const domain = await this.#find(scope, DomainConditions.idEquals(id), options);
    if (domain === null) throw new DomainNotFound(id);
    return domain;
  }

  @domainDbSourceResilience.apply()
  async getDomainIdByName(scope: Domains, name: DomainName, options?: ReadOptions): Promise<DomainId> {
    return (await this.executor.execute(domains.get(scope, name, options), options)).id;
  }

  @domainDbSourceResilience.apply()
  findDefaultDomain(scope: Domains, options?: ReadOptions): Promise<DomainInfo | null> {
    return this.#find(scope, DomainConditions.isDefault(), options);
  }

  @domainDbSourceResilience.apply()
  async setDefault(scope: Unscoped, name: DomainName, options?: WriteOptions): Promise<DomainInfo> {
    return this.executor.execute(defaultSwap(domains, scope, name), options);
  }

  /** The one that meets a condition of what is unique. */
  async #find(
    scope: Domains,
    condition: QueryCondition<DomainRow>,
    options: ReadOptions | undefined,
  ): Promise<DomainInfo | null> {
    const querier = batchQuerier<DomainRow>({ conditions: [condition], pagination: { limit: 1, offset: 0 } });
    const { items } = await this.executor.execute(domains.search(scope, querier, options), options);
    return items[0] ?? null;
  }
}
