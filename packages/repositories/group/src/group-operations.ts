import { entityOperations, UniqueViolation } from '@holdfast/base';
import type { ProjectId } from '@holdfast/domain-types';
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
    {
      violation: UniqueViolation,
      constraint: 'groups_name_key',
      error: (violation) => new GroupAlreadyExists(violation),
    },
  ],
});
