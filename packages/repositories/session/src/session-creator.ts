import { CheckViolation, type CreatorSpec, newId, NotNullViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { SessionId } from '@holdfast/domain-types';
import type { SessionCreationSpec } from './session-creation-spec.js';
import { sessionName } from './session-name.js';
import type { SessionRow } from './session-row.js';

/** The row of a new session. Throws `InvalidInput` for a name that is none. */
export function sessionCreator(spec: SessionCreationSpec): CreatorSpec<SessionRow> {
  const id = spec.id ?? (newId() as SessionId);
  return {
    values: {
      id,
      creationId: spec.creationId ?? id,
      name: sessionName(spec.name),
      sessionType: spec.type,
      images: [spec.image, ...(spec.additionalImages ?? [])],
      requestedSlots: spec.requestedSlots,
      scalingGroupName: spec.scalingGroupName,
      priority: spec.priority ?? 10,
      clusterMode: spec.clusterMode ?? 'single-node',
      clusterSize: spec.clusterSize ?? 1,
      tag: spec.tag ?? null,
      environ: spec.environ ?? null,
      startsAt: spec.startsAt ?? null,
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
      ...(spec.groupId !== undefined && { groupId: spec.groupId }),
      ...(spec.userUuid !== undefined && { userUuid: spec.userUuid }),
      ...(spec.accessKey !== undefined && { accessKey: spec.accessKey }),
    },
    integrityErrorChecks: [
      {
        violation: NotNullViolation,
        error: (violation) =>
          new InvalidInput(
            'MISSING_VALUE',
            'A session needs a domain, a project, a user and an access key, from its scope or from its spec.',
            '',
            violation,
          ),
      },
      {
        violation: CheckViolation,
        constraint: 'sessions_cluster_size_check',
        error: (violation) =>
          new InvalidInput('INVALID_VALUE', 'A session has at least one kernel.', '/clusterSize', violation),
      },
    ],
  };
}
