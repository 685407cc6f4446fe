import { entityOperations, UniqueViolation } from '@holdfast/base';
import type { ProjectId } from '@holdfast/domain-types';
import { missingValue } from '@holdfast/standard-repository';
import { GroupAlreadyExists } from './group-already-exists.js';
import type { GroupInfo } from './group-info.js';
import { GroupNotFound } from './group-not-found.js';
import { GroupRow, toGroupInfo } from './group-row.js';

/** The standard operations on the table `groups`. */
export const groups = entityOperations<GroupRow, GroupInfo, ProjectId>({
  entity: GroupRow,
  toData: toGroupInfo,
  notFound: (id) => new GroupNotFound(id),
  alreadyExists: () => new GroupAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(GroupRow, { domainName: 'A group needs a domain, from its scope or from its spec.' }),
    {
      violation: UniqueViolation,
      constraint: 'groups_name_key',
      error: (violation) => new GroupAlreadyExists(violation),
    },
  ],
});
