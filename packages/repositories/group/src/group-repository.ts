import type { LockOptions, ReadOptions, WriteOptions } from '@holdfast/base';
import type { DomainName, ProjectId, UserId } from '@holdfast/domain-types';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { type StatementsOf, standardRepository } from '@holdfast/standard-repository';
import { assignmentStatements } from './assignment.js';
import { GroupDbSource } from './group-db-source.js';
import type { GroupInfo } from './group-info.js';
import type { GroupMemberInfo } from './group-member-info.js';
import type { GroupMemberRow } from './group-member-row.js';
import { groupRepositoryResilience } from './group-resilience.js';
import type { GroupRow } from './group-row.js';
import type { AssignmentResult, UnassignmentResult } from './member-results.js';
import { unassignmentStatements } from './unassignment.js';

type Groups = Scope<GroupRow>;

/**
 * Groups, the original's projects, and who is a member of them. A group's name is its own in its domain, and stays taken
 * while it is deleted; purging it removes its memberships. Operations on members throw `GroupNotFound` for a group that
 * is not there, outside of the scope, or deleted, unless a read includes deleted ones.
 */
export class GroupRepository extends standardRepository(groupRepositoryResilience, GroupDbSource) {
  static readonly statements: StatementsOf<GroupRepository> = {
    getGroupByName: () => 1,
    getGroupIdByName: () => 1,
    assignUsers: ({ rows }) => assignmentStatements(rows),
    unassignUsers: ({ rows }) => unassignmentStatements(rows),
    isMember: () => 2,
    requireMember: () => 2,
    listMembers: () => 2,
  };

  /** The group of a name in a domain. Throws `GroupNotFound`. */
  @groupRepositoryResilience.apply()
  getGroupByName(scope: Groups, domainName: DomainName, name: string, options?: ReadOptions): Promise<GroupInfo> {
    return this.dbSource.getGroupByName(scope, domainName, name, options);
  }

  /** Its id. Throws `GroupNotFound`. */
  @groupRepositoryResilience.apply()
  async getGroupIdByName(
    scope: Groups,
    domainName: DomainName,
    name: string,
    options?: ReadOptions,
  ): Promise<ProjectId> {
    return (await this.dbSource.getGroupByName(scope, domainName, name, options)).id;
  }

  /**
   * Makes users members, in one transaction, and answers for each: assigned, already a member, or refused by one of the
   * application's `memberChecks`, and why. Who is refused keeps nobody else from becoming a member.
   */
  @groupRepositoryResilience.apply()
  assignUsers(
    scope: Groups,
    id: ProjectId,
    userUuids: readonly UserId[],
    options?: WriteOptions,
  ): Promise<AssignmentResult> {
    return this.dbSource.assignUsers(scope, id, userUuids, options);
  }

  /**
   * Takes users out, in one transaction, and answers for each: removed, not a member, or kept by one of the application's
   * `memberConflictChecks`, and why. With such checks a dbSession around it is read committed (Misuse).
   */
  @groupRepositoryResilience.apply()
  unassignUsers(
    scope: Groups,
    id: ProjectId,
    userUuids: readonly UserId[],
    options?: WriteOptions,
  ): Promise<UnassignmentResult> {
    return this.dbSource.unassignUsers(scope, id, userUuids, options);
  }

  /** Whether a user is a member. */
  @groupRepositoryResilience.apply()
  isMember(scope: Groups, id: ProjectId, userUuid: UserId, options?: ReadOptions): Promise<boolean> {
    return this.dbSource.isMember(scope, id, userUuid, options);
  }

  /**
   * The membership of a user. Throws `GroupMemberNotFound`. Whoever starts a session asks for it in the same dbSession,
   * with `{ lock: 'share' }`: until that ends, neither is the member removed nor the group changed, deleted or purged.
   */
  @groupRepositoryResilience.apply()
  requireMember(
    scope: Groups,
    id: ProjectId,
    userUuid: UserId,
    options?: ReadOptions | LockOptions,
  ): Promise<GroupMemberInfo> {
    return this.dbSource.requireMember(scope, id, userUuid, options);
  }

  /** One page of the members. Build the querier with `batchQuerier`, or parse it with `groupMemberFields`. */
  @groupRepositoryResilience.apply()
  listMembers(
    scope: Groups,
    id: ProjectId,
    querier: BatchQuerier<GroupMemberRow>,
    options?: ReadOptions,
  ): Promise<Page<GroupMemberInfo>> {
    return this.dbSource.listMembers(scope, id, querier, options);
  }
}
