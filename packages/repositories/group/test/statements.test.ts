import * as runner from '@jest/globals';
import { userId, type ProjectId, type UserId } from '@holdfast/domain-types';
import { batchQuerier } from '@holdfast/querier';
import { describeStatements } from '@holdfast/testing';
import { groupEntities } from '../src/entities.js';
import {
  existingUsers,
  type GroupMemberRow,
  GroupRepositories,
  GroupRepository,
  noActiveSessions,
} from '../src/index.js';
import { groupMigrations } from '../src/migrations/index.js';
import { inNorth, north, spec } from './fixture/groups.js';

interface Made {
  readonly id: ProjectId;
  readonly name: string;
  readonly users: readonly UserId[];
}

/** So many groups, one of them, and as many users: what stands in for the tables of other packages are the groups. */
async function groupFor(repository: GroupRepository, rows: number): Promise<Made> {
  const groups = await repository.bulkCreate(
    inNorth,
    Array.from({ length: rows }, () => spec()),
  );
  const { id, name } = groups[0]!;
  return { id, name, users: groups.map((group) => userId(group.id)) };
}

/** The same with all of them as members. */
async function groupOf(repository: GroupRepository, rows: number): Promise<Made> {
  const made = await groupFor(repository, rows);
  await repository.assignUsers(inNorth, made.id, made.users);
  return made;
}

describeStatements(runner, 'GroupRepository', {
  tables: { entities: groupEntities, migrations: groupMigrations },
  repository: (database) =>
    GroupRepositories.create({
      database,
      memberChecks: [
        existingUsers({ table: 'groups', column: 'id', domainColumn: 'domain_name' }),
        existingUsers({ table: 'groups', column: 'id', domainColumn: null, unlessMarked: 'deleted_at' }),
      ],
      memberConflictChecks: [noActiveSessions({ table: 'groups', groupColumn: 'id', userColumn: 'id' })],
    }).repository,
  statements: GroupRepository.statements,
  calls: {
    getGroupByName: async ({ repository }, rows) => {
      const { name } = await groupFor(repository, rows);
      return () => repository.getGroupByName(inNorth, north, name);
    },
    getGroupIdByName: async ({ repository }, rows) => {
      const { name } = await groupFor(repository, rows);
      return () => repository.getGroupIdByName(inNorth, north, name);
    },
    assignUsers: async ({ repository }, rows) => {
      const { id, users } = await groupFor(repository, rows);
      return () => repository.assignUsers(inNorth, id, users);
    },
    unassignUsers: async ({ repository }, rows) => {
      const { id, users } = await groupOf(repository, rows);
      return () => repository.unassignUsers(inNorth, id, users);
    },
    isMember: async ({ repository }, rows) => {
      const { id, users } = await groupOf(repository, rows);
      return () => repository.isMember(inNorth, id, users[0]!);
    },
    requireMember: async ({ repository, test }, rows) => {
      const { id, users } = await groupOf(repository, rows);
      return () =>
        test.database.beginSession((dbSession) =>
          repository.within(dbSession).requireMember(inNorth, id, users[0]!, { lock: 'share' }),
        );
    },
    listMembers: async ({ repository }, rows) => {
      const { id } = await groupOf(repository, rows);
      const querier = batchQuerier<GroupMemberRow>({ pagination: { first: 100 }, total: 'exact' });
      return () => repository.listMembers(inNorth, id, querier);
    },
  },
});
