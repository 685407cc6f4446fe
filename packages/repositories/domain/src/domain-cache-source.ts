import type { Cache } from '@holdfast/cache';
import type { DomainName } from '@holdfast/domain-types';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { DomainInfo } from './domain-info.js';
import type { DomainRow } from './domain-row.js';

/** Copies of domains, by their names. */
export function domainCacheSource(cache: Cache | undefined): RowCacheSource<DomainRow, DomainInfo, DomainName> {
  return RowCacheSource.of({ layer: 'domain_cache_source', entity: 'domain', idType: 'text', version: 1 }, cache);
}
