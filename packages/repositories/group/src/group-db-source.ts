import {
  type ConflictCheck,
  entityOperations,
  type Executor,
  type LockOptions,
  type ReadOptions,
  type WriteOptions,
} from '@holdfast/base';
import type { DomainName, ProjectId, UserId } from '@holdfast/domain-types';
import { EntityAlreadyExists } from '@holdfast/errors';
import {
  type BatchQuerier,
  batchQuerier,
  type Page,
  type Scope,
  type SearchScope,
  searchScope,
} from '@holdfast/querier';
import { type DbSourceOptions, standardDbSource } from '@holdfast/standard-repository';
import { assignment } from './assignment.js';
import { givenUsers } from './given-users.js';
import { GroupConditions } from './group-conditions.js';
import { groupCreator } from './group-creator.js';
import type { GroupInfo } from './group-info.js';
import type { GroupMemberInfo } from './group-member-info.js';
import { GroupMemberNotFound } from './group-member-not-found.js';
import { GroupMemberRow, toGroupMemberInfo } from './group-member-row.js';
import { GroupNotFound } from './group-not-found.js';
import { groups } from './group-operations.js';
import { groupDbSourceResilience } from './group-resilience.js';
import type { GroupRow } from './group-row.js';
import { groupUpdater } from './group-updater.js';
import type { MemberCheck } from './member-check.js';
import { checkOfAllMembers, type MemberConflictCheck } from './member-conflict-check.js';
import type { AssignmentResult, UnassignmentResult } from './member-results.js';
import { unassignment } from './unassignment.js';

type MemberId = Pick<GroupMemberRow, 'groupId' | 'userUuid'>;

const members = entityOperations<GroupMemberRow, GroupMemberInfo, MemberId>({
  entity: GroupMemberRow,
  toData: toGroupMemberInfo,
  notFound: ({ groupId, userUuid }) => new GroupMemberNotFound(groupId, userUuid),
  alreadyExists: () => new EntityAlreadyExists('group-member'),
});

const standard = standardDbSource(groupDbSourceResilience, {
  operations: groups,
  creator: groupCreator,
  updater: groupUpdater,
});

type Groups = Scope<GroupRow>;

/** What an application tells the db source of groups. */
export interface GroupDbSourceOptions extends DbSourceOptions {
  /** What must be there of a user who becomes a member; the first that is not refuses it. Default: nothing. */
  readonly memberChecks?: readonly MemberCheck[] | undefined;
  /**
   * What keeps a member from being removed, in order, and, after the `conflictChecks`, its group from being purged. Default:
   * nothing.
   */
  readonly memberConflictChecks?: readonly MemberConflictCheck[] | undefined;
}

/** All SQL on groups and their members. */
export class GroupDbSource extends standard {
  declare protected readonly options: GroupDbSourceOptions;

  constructor(executor: Executor, options: GroupDbSourceOptions = {}) {
    super(executor, options);
  }

  protected override purgeChecks(): readonly ConflictCheck[] {
    const { memberConflictChecks = [] } = this.options;
    return [...super.purgeChecks(), ...memberConflictChecks.map(checkOfAllMembers)];
  }

  @groupDbSourceResilience.apply()
  async getGroupByName(scope: Groups, domainName: DomainName, name: string, options?: ReadOptions): Promise<GroupInfo> {
    const querier = batchQuerier<GroupRow>({
      conditions: [GroupConditions.domainNameEquals(domainName), GroupConditions.nameEquals(name)],
      pagination: { limit: 1, offset: 0 },
    });
    const { items } = await this.executor.execute(groups.search(scope, querier, options), options);
    if (items[0] === undefined) throw new GroupNotFound(name);
    return items[0];
  }

  @groupDbSourceResilience.apply()
  async assignUsers(
    scope: Groups,
    id: ProjectId,
    userUuids: readonly UserId[],
    options?: WriteOptions,
  ): Promise<AssignmentResult> {
    const { memberChecks = [] } = this.options;
    const spec = assignment(groups, scope, id, givenUsers(userUuids), memberChecks);
    return this.executor.execute(spec, options);
  }

  @groupDbSourceResilience.apply()
  async unassignUsers(
    scope: Groups,
    id: ProjectId,
    userUuids: readonly UserId[],
    options?: WriteOptions,
  ): Promise<UnassignmentResult> {
    const { memberConflictChecks = [] } = this.options;
    const spec = unassignment(groups, scope, id, givenUsers(userUuids), memberConflictChecks);
    return this.executor.execute(spec, options);
  }

  @groupDbSourceResilience.apply()
  async isMember(scope: Groups, groupId: ProjectId, userUuid: UserId, options?: ReadOptions): Promise<boolean> {
    await this.executor.execute(groups.get(scope, groupId, options), options);
    return (await this.executor.execute(members.find(membersOf(groupId), { groupId, userUuid }), options)) !== null;
  }

  @groupDbSourceResilience.apply()
  async requireMember(
    scope: Groups,
    groupId: ProjectId,
    userUuid: UserId,
    options?: ReadOptions | LockOptions,
  ): Promise<GroupMemberInfo> {
    // The group first, in the order in which a purge takes its locks: it stays as well.
    await this.executor.execute(groups.get(scope, groupId, { ...options, includeDeleted: false }), options);
    return this.executor.execute(members.get(membersOf(groupId), { groupId, userUuid }, options), options);
  }

  @groupDbSourceResilience.apply()
  async listMembers(
    scope: Groups,
    groupId: ProjectId,
    querier: BatchQuerier<GroupMemberRow>,
    options?: ReadOptions,
  ): Promise<Page<GroupMemberInfo>> {
    await this.executor.execute(groups.get(scope, groupId, options), options);
    return this.executor.execute(members.search(membersOf(groupId), querier), options);
  }
}

/** The members of a group that has been found in a scope: it never leaves its domain. */
function membersOf(groupId: ProjectId): SearchScope<GroupMemberRow> {
  return searchScope<GroupMemberRow>({ name: 'group', equals: { groupId } });
}
