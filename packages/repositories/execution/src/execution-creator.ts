import { type CreatorSpec, newId } from '@holdfast/base';
import { checkMembers } from '@holdfast/standard-repository';
import type { ExecutionCreationSpec } from './execution-creation-spec.js';
import type { ExecutionId } from './execution-id.js';
import { metadataOf } from './execution-metadata.js';
import type { ExecutionRow } from './execution-row.js';
import { tagsOf } from './execution-tags.js';

const given: ReadonlySet<string> = new Set<keyof ExecutionCreationSpec>([
  'id',
  'domainName',
  'userUuid',
  'parentId',
  'name',
  'description',
  'metadata',
  'tags',
]);

/** The row of a new execution. */
export function executionCreator(spec: ExecutionCreationSpec): CreatorSpec<ExecutionRow> {
  checkMembers(spec, given);
  const minted = spec.id === undefined ? [newId()] : [];
  return {
    minted,
    values: {
      id: spec.id ?? (minted[0] as ExecutionId),
      name: spec.name,
      description: spec.description ?? null,
      parentId: spec.parentId ?? null,
      metadata: metadataOf(spec.metadata ?? {}),
      tags: tagsOf(spec.tags ?? {}),
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
      ...(spec.userUuid !== undefined && { userUuid: spec.userUuid }),
    },
  };
}
