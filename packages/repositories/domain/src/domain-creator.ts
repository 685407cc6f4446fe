import { type CreatorSpec, newId } from '@holdfast/base';
import { type DomainId, domainName, resourceSlot } from '@holdfast/domain-types';
import { checkMembers } from '@holdfast/standard-repository';
import type { DomainCreationSpec } from './domain-creation-spec.js';
import type { DomainRow } from './domain-row.js';
import { vfolderHosts } from './vfolder-hosts.js';

const given: ReadonlySet<string> = new Set<keyof DomainCreationSpec>([
  'name',
  'id',
  'description',
  'isActive',
  'totalResourceSlots',
  'allowedVfolderHosts',
  'allowedDockerRegistries',
  'integrationId',
]);

/** The row of a new domain. Throws `InvalidInput` for a name, slots or hosts that are none. */
export function domainCreator(spec: DomainCreationSpec): CreatorSpec<DomainRow> {
  checkMembers(spec, given);
  const minted = spec.id === undefined ? [newId()] : [];
  return {
    minted,
    values: {
      id: spec.id ?? (minted[0] as DomainId),
      description: spec.description ?? null,
      isActive: spec.isActive ?? true,
      totalResourceSlots: resourceSlot(
        spec.totalResourceSlots === undefined ? {} : spec.totalResourceSlots,
        '/totalResourceSlots',
      ),
      allowedVfolderHosts: vfolderHosts(spec.allowedVfolderHosts === undefined ? {} : spec.allowedVfolderHosts),
      allowedDockerRegistries: spec.allowedDockerRegistries ?? [],
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.name !== undefined && { name: domainName(spec.name, '/name') }),
      ...(spec.integrationId !== undefined && { integrationId: spec.integrationId }),
    },
  };
}
