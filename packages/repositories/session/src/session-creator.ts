import { CheckViolation, type CreatorSpec, newId, NotNullViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { resourceSlot, type SessionId } from '@holdfast/domain-types';
import type { SessionCreationSpec } from './session-creation-spec.js';
import { sessionName } from './session-name.js';
import { givenOwner } from './session-owner.js';
import type { SessionPast } from './session-past.js';
import type { SessionRow } from './session-row.js';

/** The row of a new session. Throws `InvalidInput` for a name that is none. */
export function sessionCreator(spec: SessionCreationSpec): CreatorSpec<SessionRow> {
  const minted = spec.id === undefined ? [newId()] : [];
  const id = spec.id ?? (minted[0] as SessionId);
  return {
    minted,
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
      ...(spec.past !== undefined && columnsOf(spec.past)),
      ...givenOwner(spec),
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

function columnsOf(past: SessionPast): Partial<SessionRow> {
  return {
    status: past.status,
    statusChangedAt: past.statusChangedAt ?? past.createdAt,
    statusInfo: past.statusInfo ?? null,
    occupyingSlots: past.occupyingSlots ?? resourceSlot({}),
    result: past.result ?? null,
    createdAt: past.createdAt,
    terminatedAt: past.terminatedAt ?? null,
  };
}
