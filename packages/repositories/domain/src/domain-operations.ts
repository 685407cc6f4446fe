import { CheckViolation, entityOperations, UniqueViolation } from '@holdfast/base';
import type { DomainName } from '@holdfast/domain-types';
import { missingValue } from '@holdfast/standard-repository';
import { DomainAlreadyExists } from './domain-already-exists.js';
import type { DomainInfo } from './domain-info.js';
import { DomainIsDefault } from './domain-is-default.js';
import { DomainNotFound } from './domain-not-found.js';
import { DomainRow, toDomainInfo } from './domain-row.js';

/** The standard operations on the table `domains`. */
export const domains = entityOperations<DomainRow, DomainInfo, DomainName>({
  entity: DomainRow,
  toData: toDomainInfo,
  notFound: (name) => new DomainNotFound(name),
  alreadyExists: () => new DomainAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(DomainRow, { name: 'A domain needs a name, from its scope or from its spec.' }),
    {
      violation: UniqueViolation,
      constraint: 'domains_id_key',
      error: (violation) => new DomainAlreadyExists(violation),
    },
    {
      violation: CheckViolation,
      constraint: 'domains_default_stays_check',
      error: (violation) => new DomainIsDefault('soft-delete', violation),
    },
  ],
});
