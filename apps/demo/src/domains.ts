import { agentEntities } from '@holdfast/agent-repository/entities';
import { agentMigrations } from '@holdfast/agent-repository/migrations';
import type { MigrationList } from '@holdfast/base';
import { domainEntities } from '@holdfast/domain-repository/entities';
import { domainMigrations } from '@holdfast/domain-repository/migrations';
import { executionEntities } from '@holdfast/execution-repository/entities';
import { executionMigrations } from '@holdfast/execution-repository/migrations';
import { fairShareEntities } from '@holdfast/fair-share-repository/entities';
import { fairShareMigrations } from '@holdfast/fair-share-repository/migrations';
import { groupEntities } from '@holdfast/group-repository/entities';
import { groupMigrations } from '@holdfast/group-repository/migrations';
import { notificationEntities } from '@holdfast/notification-repository/entities';
import { notificationMigrations } from '@holdfast/notification-repository/migrations';
import { sessionEntities } from '@holdfast/session-repository/entities';
import { sessionMigrations } from '@holdfast/session-repository/migrations';
import { userEntities } from '@holdfast/user-repository/entities';
import { userMigrations } from '@holdfast/user-repository/migrations';
import type { EntitySchema } from 'typeorm';
import { LiveSessionsAreOfMembers } from './migrations/live-sessions-are-of-members.js';
import { MembersAreUsers } from './migrations/members-are-users.js';
import { PlacedKernelsHaveAgents } from './migrations/placed-kernels-have-agents.js';
import { RowsHaveParents } from './migrations/rows-have-parents.js';

/** The entities of every domain that the demo has. */
export const entities: readonly EntitySchema[] = [
  ...sessionEntities,
  ...agentEntities,
  ...domainEntities,
  ...groupEntities,
  ...userEntities,
  ...notificationEntities,
  ...executionEntities,
  ...fairShareEntities,
];

/** Their migrations, in order, and what ties their tables together. */
export const migrations: MigrationList = [
  ...sessionMigrations,
  ...agentMigrations,
  ...domainMigrations,
  ...groupMigrations,
  ...userMigrations,
  ...notificationMigrations,
  ...fairShareMigrations,
  MembersAreUsers,
  RowsHaveParents,
  LiveSessionsAreOfMembers,
  PlacedKernelsHaveAgents,
  ...executionMigrations,
];
