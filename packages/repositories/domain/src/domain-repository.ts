import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { DomainId, DomainName } from '@holdfast/domain-types';
import type { Scope, Unscoped } from '@holdfast/querier';
import { type StatementsOf, standardRepository } from '@holdfast/standard-repository';
import { swapStatements } from './default-swap.js';
import { DomainDbSource } from './domain-db-source.js';
import type { DomainInfo } from './domain-info.js';
import { domainRepositoryResilience } from './domain-resilience.js';
import type { DomainRow } from './domain-row.js';

type Domains = Scope<DomainRow>;

/**
 * Domains: the outermost tenants, known by their names. A tenant sees its own. A name stays taken while its domain is
 * deleted. The default domain is neither deleted nor purged (`DomainIsDefault`), so that once there is one, there always
 * is; and none is purged that the application's conflict checks find something of.
 */
export class DomainRepository extends standardRepository(domainRepositoryResilience, DomainDbSource) {
  static readonly statements: StatementsOf<DomainRepository> = {
    getDomainById: () => 1,
    getDomainIdByName: () => 1,
    findDefaultDomain: () => 1,
    setDefault: () => swapStatements,
  };

  /** One by its id; `get` takes its name. Throws `DomainNotFound`. */
  @domainRepositoryResilience.apply()
  getDomainById(scope: Domains, id: DomainId, options?: ReadOptions): Promise<DomainInfo> {
    return this.dbSource.getDomainById(scope, id, options);
  }

  /** The id of the domain of a name. Throws `DomainNotFound`. */
  @domainRepositoryResilience.apply()
  async getDomainIdByName(scope: Domains, name: DomainName, options?: ReadOptions): Promise<DomainId> {
    return (await this.cacheSource.read(scope, name, options, (own) => this.dbSource.get(scope, name, own))).id;
  }

  /** The default domain, or null where there is none in the scope. */
  @domainRepositoryResilience.apply()
  findDefaultDomain(scope: Domains, options?: ReadOptions): Promise<DomainInfo | null> {
    return this.dbSource.findDefaultDomain(scope, options);
  }

  /**
   * Makes one domain the default, and whichever was it no longer; of several calls at once each succeeds, one after the
   * other. It concerns domains of several tenants, so that only `unscoped(reason)` will do (Misuse). Throws
   * `DomainNotFound`, and then the default is what it was.
   */
  @domainRepositoryResilience.apply()
  setDefault(scope: Unscoped, name: DomainName, options?: WriteOptions): Promise<DomainInfo> {
    // Which one was the default, nobody knows here.
    return this.cacheSource.invalidating('any', () => this.dbSource.setDefault(scope, name, options));
  }
}
