import { CheckViolation, type IntegrityErrorCheck, UniqueViolation } from '@holdfast/base';
import { SessionAlreadyExists } from './session-already-exists.js';
import { SessionDependenciesUnmet } from './session-dependencies-unmet.js';
import { SessionHasEndedKernels } from './session-has-ended-kernels.js';
import { SessionHoldsResources } from './session-holds-resources.js';
import { SessionIsAwaited } from './session-is-awaited.js';
import { SessionRequestFixed } from './session-request-fixed.js';

/** What PostgreSQL keeps of sessions, whoever writes: by constraints, and by triggers that name themselves as such. */
export const sessionIntegrity: readonly IntegrityErrorCheck[] = Object.freeze([
  {
    violation: UniqueViolation,
    constraint: 'sessions_live_name_key',
    error: (violation) => new SessionAlreadyExists(violation),
  },
  {
    violation: CheckViolation,
    constraint: 'sessions_dependencies_met',
    error: (violation) => new SessionDependenciesUnmet(violation),
  },
  {
    violation: CheckViolation,
    constraint: 'sessions_not_awaited',
    error: (violation) => new SessionIsAwaited(violation),
  },
  {
    violation: CheckViolation,
    constraint: 'sessions_hold_nothing_deleted',
    error: (violation) => new SessionHoldsResources('soft-delete', violation),
  },
  {
    violation: CheckViolation,
    constraint: 'sessions_hold_nothing_purged',
    error: (violation) => new SessionHoldsResources('purge', violation),
  },
  {
    violation: CheckViolation,
    constraint: 'sessions_request_pending',
    error: (violation) => new SessionRequestFixed(violation),
  },
  {
    violation: CheckViolation,
    constraint: 'sessions_requeue_kernels',
    error: (violation) => new SessionHasEndedKernels(violation),
  },
]);
