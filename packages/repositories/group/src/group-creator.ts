import { type CreatorSpec, newId } from '@holdfast/base';
import { type ProjectId, resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import { containerRegistry } from './container-registry.js';
import type { GroupCreationSpec } from './group-creation-spec.js';
import { groupName } from './group-name.js';
import type { GroupRow } from './group-row.js';
import { GROUP_TYPES } from './group-type.js';

const given: ReadonlySet<string> = new Set<keyof GroupCreationSpec>([
  'id',
  'name',
  'domainName',
  'description',
  'isActive',
  'type',
  'totalResourceSlots',
  'integrationId',
  'containerRegistry',
]);

/** The row of a new group. Throws `InvalidInput` for a name, a type, slots or a registry that are none. */
export function groupCreator(spec: GroupCreationSpec): CreatorSpec<GroupRow> {
  checkMembers(spec, given);
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
      totalResourceSlots: resourceSlot(
        spec.totalResourceSlots === undefined ? {} : spec.totalResourceSlots,
        '/totalResourceSlots',
      ),
      integrationId: spec.integrationId ?? null,
      containerRegistry: containerRegistry(spec.containerRegistry ?? null),
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
    },
  };
}
