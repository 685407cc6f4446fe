import { type ReadOptions, statementCounts, type WriteOptions } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import {
  type StandardStatements,
  type StatementsOf,
  standardRepository,
  transitionStatements,
} from '@holdfast/standard-repository';
import type { PasswordHash } from './password/password-hash.js';
import type { MonthlyStatistics } from './statistics/monthly-statistics.js';
import type { StatisticsOptions } from './statistics/monthly-statistics-spec.js';
import { UserConditions } from './user-conditions.js';
import { UserDbSource } from './user-db-source.js';
import { holderCondition, type PasswordHolder } from './password/password-holder.js';
import type { UserInfo } from './user-info.js';
import { UserNotFound } from './user-not-found.js';
import { userRepositoryResilience } from './user-resilience.js';
import type { UserRole } from './user-role.js';
import type { UserRow } from './user-row.js';
import type { LiveUserStatus } from './user-status.js';

type Users = Scope<UserRow>;

const pieces = statementCounts.bulkCreate;

/** What `updateStatus` may be told. */
export interface StatusOptions extends WriteOptions {
  /** Why, in words. Default null: nothing is said. */
  readonly statusInfo?: string | null;
}

/**
 * Users. E-mail addresses and usernames are unique in a domain, whatever their case, among the users that are not deleted.
 * Deleting a user switches its key pairs off, and restoring it leaves them so: its status is what it was, and
 * `UserAlreadyExists` is thrown where another has its address or name by now. Purging it removes its password and key
 * pairs too.
 */
export class UserRepository extends standardRepository(userRepositoryResilience, UserDbSource) {
  static readonly statements: StatementsOf<UserRepository> = {
    getUserByEmail: () => 1,
    findUserByEmail: () => 1,
    getUserByUsername: () => 1,
    findUserByUsername: () => 1,
    verifyPassword: () => 3,
    changePassword: () => 2,
    updateStatus: () => transitionStatements,
    updateRole: () => 1,
    getMonthlyStatistics: () => 1,
    getMonthlyStatisticsOfAll: () => 1,
  };

  /** Passwords are stored apart from their users, and key pairs are switched off with theirs. */
  static readonly standardStatements = {
    create: () => 2,
    bulkCreate: (workload) => 2 * pieces(workload),
    bulkCreatePartial: (workload) => statementCounts.bulkCreatePartial(workload) + pieces(workload),
    delete: () => 2,
    batchDelete: () => 2,
  } satisfies StandardStatements;

  /**
   * The user of an e-mail address, whatever its case: with `includeDeleted` a deleted one, where no other has it now. Throws
   * `UserNotFound`, and `AmbiguousUser` where there are several: in a scope that is wider than a domain, or among deleted
   * users alone.
   */
  @userRepositoryResilience.apply()
  async getUserByEmail(scope: Users, email: string, options?: ReadOptions): Promise<UserInfo> {
    return found(await this.dbSource.findOne(scope, UserConditions.emailEquals(email), options));
  }

  /** The same, or null. */
  @userRepositoryResilience.apply()
  findUserByEmail(scope: Users, email: string, options?: ReadOptions): Promise<UserInfo | null> {
    return this.dbSource.findOne(scope, UserConditions.emailEquals(email), options);
  }

  /** The user of a username, whatever its case. Throws what `getUserByEmail` throws. */
  @userRepositoryResilience.apply()
  async getUserByUsername(scope: Users, username: string, options?: ReadOptions): Promise<UserInfo> {
    return found(await this.dbSource.findOne(scope, UserConditions.usernameEquals(username), options));
  }

  /** The same, or null. */
  @userRepositoryResilience.apply()
  findUserByUsername(scope: Users, username: string, options?: ReadOptions): Promise<UserInfo | null> {
    return this.dbSource.findOne(scope, UserConditions.usernameEquals(username), options);
  }

  /**
   * The user, if the password is its own and it is active; else null, which does not tell why. A user that is not there
   * takes as long as one whose password is another, by a hash of `hashPassword`; one that was taken over takes what it was
   * made with. Throws `AmbiguousUser` where the scope is wider than a domain.
   * Deleted users are nobody here.
   *
   * A hash that was taken over, and is weaker than those of `hashPassword`, is replaced by one of the same password when
   * that is right: not within a dbSession that only reads, and not where another password came in between. That it could
   * not be is no failure.
   */
  @userRepositoryResilience.apply()
  verifyPassword(scope: Users, holder: PasswordHolder, plain: string, options?: ReadOptions): Promise<UserInfo | null> {
    return this.dbSource.verifyPassword(scope, holderCondition(holder), plain, { ...options, includeDeleted: false });
  }

  /**
   * Gives a user another password, `await hashPassword(plain)`, and notes when; it needs no other one then. Throws
   * `UserNotFound`, and `InvalidInput` for what is no hash. An operation key is bound to the user and not to the password:
   * no trace of that is kept, so that the same key with another password is the same operation, which is done already.
   */
  @userRepositoryResilience.apply()
  changePassword(scope: Users, id: UserId, password: PasswordHash, options?: WriteOptions): Promise<UserInfo> {
    return this.cacheSource.invalidating([id], () => this.dbSource.changePassword(scope, id, password, options));
  }

  /**
   * Moves a user to a status and notes the time, and why. Throws `UserNotFound`, also for a deleted one, and
   * `UserStatusConflict` if the status cannot follow the current one, or is it.
   */
  @userRepositoryResilience.apply()
  updateStatus(
    scope: Users,
    id: UserId,
    status: LiveUserStatus,
    { statusInfo = null, ...options }: StatusOptions = {},
  ): Promise<UserInfo> {
    return this.cacheSource.invalidating([id], () =>
      this.dbSource.updateStatus(scope, id, status, statusInfo, options),
    );
  }

  /**
   * Gives a user another role. Whether its key pairs are an administrator's follows in the same statement. Throws
   * `UserNotFound`.
   */
  @userRepositoryResilience.apply()
  updateRole(scope: Users, id: UserId, role: UserRole, options?: WriteOptions): Promise<UserInfo> {
    return this.cacheSource.invalidating([id], () => this.dbSource.updateRole(scope, id, role, options));
  }

  /**
   * What a user used in the 30 days up to `end`, deleted or not, in bins of 15 minutes: a kernel is in each bin that it
   * had a place in, if only for a moment, from when it was scheduled until all of its slots are freed, or it ends, or now.
   * It counts with what it occupies, or with what it asked for while that is nothing, each slot until it is freed. Throws
   * `UserNotFound`.
   */
  @userRepositoryResilience.apply()
  getMonthlyStatistics(scope: Users, id: UserId, options?: StatisticsOptions): Promise<MonthlyStatistics> {
    return this.dbSource.getMonthlyStatistics(scope, id, options);
  }

  /** The same of all users of the scope together: for administrators. */
  @userRepositoryResilience.apply()
  getMonthlyStatisticsOfAll(scope: Users, options?: StatisticsOptions): Promise<MonthlyStatistics> {
    return this.dbSource.getMonthlyStatistics(scope, null, options);
  }
}

function found(user: UserInfo | null): UserInfo {
  if (user === null) throw new UserNotFound(null);
  return user;
}
