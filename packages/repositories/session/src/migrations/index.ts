import type { MigrationList } from '@holdfast/base';
import { CreateKernels } from './create-kernels.js';
import { CreateResourceAllocations } from './create-resource-allocations.js';
import { CreateSessionDependencies } from './create-session-dependencies.js';
import { CreateSessions } from './create-sessions.js';
import { CreateStatusHistory } from './create-status-history.js';
import { CreateVfolderMounts } from './create-vfolder-mounts.js';
import { GuardSessions } from './guard-sessions.js';
import { KeepKernelsInStep } from './keep-kernels-in-step.js';
import { SecureSessions } from './secure-sessions.js';
import { StampStatuses } from './stamp-statuses.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const sessionMigrations: MigrationList = Object.freeze([
  CreateSessions,
  CreateKernels,
  CreateResourceAllocations,
  CreateVfolderMounts,
  CreateSessionDependencies,
  CreateStatusHistory,
  KeepKernelsInStep,
  StampStatuses,
  SecureSessions,
  GuardSessions,
]);
