import { type CreatorSpec, newId } from '@holdfast/base';
import { type ProjectId, resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { missingValue } from '@holdfast/standard-repository';
import type { GroupCreationSpec } from './group-creation-spec.js';
import { groupName } from './group-name.js';
import { GroupRow } from './group-row.js';
import { GROUP_TYPES } from './group-type.js';

const missing = missingValue(GroupRow, { domainName: 'A group needs a domain, from its scope or from its spec.' });

/** The row of a new group. Throws `InvalidInput` for a name or a type that is none. */
export function groupCreator(spec: GroupCreationSpec): CreatorSpec<GroupRow> {
  const { type = 'general' } = spec;
  if (!GROUP_TYPES.includes(type)) throw new InvalidInput('INVALID_VALUE', 'No type of a group.', '/type');
  const minted = spec.id === undefined ? [newId()] : [];
  return {
    minted,
    values: {
      id: spec.id ?? (minted[0] as ProjectId),
      name: groupName(spec.name),
      description: spec.description ?? null,
      isActive: spec.isActive ?? true,
      type,
      totalResourceSlots: spec.totalResourceSlots ?? resourceSlot({}),
      integrationId: spec.integrationId ?? null,
      containerRegistry: spec.containerRegistry ?? null,
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
    },
    integrityErrorChecks: [missing],
  };
}
