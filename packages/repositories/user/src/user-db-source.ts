import {
  type BatchResult,
  type BatchTarget,
  checkSeesLatest,
  databaseTime,
  type PartialResult,
  type ReadOptions,
  type UnitOfWork,
  type WriteOptions,
} from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import type { QueryCondition, Scope } from '@holdfast/querier';
import {
  firstThen,
  listed,
  partialResultOf,
  refusedAlone,
  refusedInPlace,
  standardDbSource,
  transition,
} from '@holdfast/standard-repository';
import { AmbiguousUser } from './ambiguous-user.js';
import { oneUser } from './one-user.js';
import { switchKeysOff } from './keypair/switch-keys-off.js';
import { hashed, isWeaker } from './password/hashed.js';
import { matchesPassword } from './password/matches-password.js';
import { type PasswordHash, phcOf } from './password/password-hash.js';
import { readPassword, renewHash, replacePassword, storePasswords } from './password/password-operations.js';
import type { MonthlyStatistics } from './statistics/monthly-statistics.js';
import { monthlyStatistics, type StatisticsOptions } from './statistics/monthly-statistics-spec.js';
import type { UserCreationSpec } from './user-creation-spec.js';
import { userCreator } from './user-creator.js';
import type { UserInfo } from './user-info.js';
import { users } from './user-operations.js';
import { userDbSourceResilience } from './user-resilience.js';
import type { UserRole } from './user-role.js';
import type { UserRow } from './user-row.js';
import type { LiveUserStatus } from './user-status.js';
import { roleChange } from './role-change.js';
import { userTransition } from './user-transition.js';
import { userUpdater } from './user-updater.js';

const standard = standardDbSource(userDbSourceResilience, {
  operations: users,
  creator: userCreator,
  updater: userUpdater,
});

type Users = Scope<UserRow>;

const passwordChange = { changes: { passwordChangedAt: databaseTime, needPasswordChange: false } } as const;

/** A deletion waits for whoever makes a key pair, and then has to see it. */
const seesKeys = (unit: UnitOfWork): void => checkSeesLatest(unit, 'Deleting users');

/** No user has it: a password is looked for all the same where there is no user. */
const nobody = '00000000-0000-0000-0000-000000000000' as UserId;

/** All SQL on users and their passwords. Hashes come in and do not go out. */
export class UserDbSource extends standard {
  @userDbSourceResilience.apply()
  override create(scope: Users, spec: UserCreationSpec, options?: WriteOptions): Promise<UserInfo> {
    const created = users.create(scope, userCreator(spec));
    const { password } = spec;
    if (password === undefined || password === null) return this.executor.execute(created, options);
    return this.executor.execute(
      firstThen(created, ({ id }) => storePasswords([[id, password]])),
      options,
    );
  }

  @userDbSourceResilience.apply()
  override bulkCreate(
    scope: Users,
    specs: readonly UserCreationSpec[],
    options?: WriteOptions,
  ): Promise<readonly UserInfo[]> {
    const created = users.bulkCreate(scope, listed(specs).map(refusedInPlace(userCreator)));
    if (!specs.some(hasPassword)) return this.executor.execute(created, options);
    return this.executor.execute(
      firstThen(created, (made) => storePasswords(passwordsOf(made, specs))),
      options,
    );
  }

  @userDbSourceResilience.apply()
  override async bulkCreatePartial(
    scope: Users,
    specs: readonly UserCreationSpec[],
    options?: WriteOptions,
  ): Promise<PartialResult<UserInfo, UserCreationSpec>> {
    const created = users.bulkCreatePartial(scope, listed(specs).map(refusedAlone(userCreator)));
    const withPasswords = firstThen(created, (result) => {
      const failed = new Set(result.failures.map(({ index }) => index));
      const done = specs.filter((_, index) => !failed.has(index));
      return storePasswords(passwordsOf(result.successes, done));
    });
    const spec = specs.some(hasPassword) ? withPasswords : created;
    return partialResultOf(await this.executor.execute(spec, options), specs);
  }

  @userDbSourceResilience.apply()
  override delete(scope: Users, id: UserId, options?: WriteOptions): Promise<UserInfo> {
    return this.executor.execute(firstThen(users.delete(scope, id), switchKeysOff, seesKeys), options);
  }

  @userDbSourceResilience.apply()
  override batchDelete(
    scope: Users,
    target: BatchTarget<UserRow, UserId>,
    options?: WriteOptions,
  ): Promise<BatchResult> {
    return this.executor.execute(firstThen(users.batchDelete(scope, target), switchKeysOff, seesKeys), options);
  }

  @userDbSourceResilience.apply()
  findOne(scope: Users, condition: QueryCondition<UserRow>, options?: ReadOptions): Promise<UserInfo | null> {
    return this.#findOne(scope, condition, options);
  }

  @userDbSourceResilience.apply()
  async verifyPassword(
    scope: Users,
    condition: QueryCondition<UserRow>,
    plain: string,
    options?: ReadOptions,
  ): Promise<UserInfo | null> {
    // The same statements, whether there is such a user or not; and the same work, but for hashes that were taken over.
    const user = await this.#findOne(scope, condition, options);
    const hash = await this.executor.execute(readPassword(user?.id ?? nobody), options);
    const isSame = await matchesPassword(hash, plain);
    if (user?.status !== 'active' || hash === null || !isSame) return null;
    if (isWeaker(hash)) await this.#renew(user.id, hash, plain, options);
    return user;
  }

  /** Hashes a password anew that was taken over with a weaker hash. */
  @userDbSourceResilience.apply()
  renewPassword(id: UserId, old: PasswordHash, renewed: PasswordHash, options?: WriteOptions): Promise<unknown> {
    return this.executor.execute(renewHash(id, old, renewed), options);
  }

  @userDbSourceResilience.apply()
  changePassword(scope: Users, id: UserId, password: PasswordHash, options?: WriteOptions): Promise<UserInfo> {
    phcOf(password);
    const noted = users.update(scope, id, passwordChange);
    return this.executor.execute(
      firstThen(noted, (user) => replacePassword(user.id, password)),
      options,
    );
  }

  @userDbSourceResilience.apply()
  updateStatus(
    scope: Users,
    id: UserId,
    to: LiveUserStatus,
    statusInfo: string | null,
    options?: WriteOptions,
  ): Promise<UserInfo> {
    return transition(this.executor, users, scope, id, userTransition(to, statusInfo), options);
  }

  @userDbSourceResilience.apply()
  updateRole(scope: Users, id: UserId, role: UserRole, options?: WriteOptions): Promise<UserInfo> {
    return this.executor.execute(users.update(scope, id, roleChange(role)), options);
  }

  @userDbSourceResilience.apply()
  getMonthlyStatistics(scope: Users, id: UserId | null, options?: StatisticsOptions): Promise<MonthlyStatistics> {
    return this.executor.execute(monthlyStatistics(scope, id, options), options);
  }

  /** Where it is not to be, the password is right all the same: the next time will do. */
  async #renew(id: UserId, old: PasswordHash, plain: string, { signal, deadlineMs }: ReadOptions = {}): Promise<void> {
    const kind = 'kind' in this.executor ? this.executor.kind : null;
    if (kind === 'read') return;
    const renewing = this.renewPassword(id, old, await hashed(plain), {
      ...(signal !== undefined && { signal }),
      ...(deadlineMs !== undefined && { deadlineMs }),
    });
    // Within a dbSession a statement that failed has ended it, as the caller has to know.
    await (kind === 'write' ? renewing : renewing.catch(() => undefined));
  }

  async #findOne(scope: Users, condition: QueryCondition<UserRow>, options?: ReadOptions): Promise<UserInfo | null> {
    const { items } = await this.executor.execute(oneUser(scope, condition, options), options);
    // Those that are deleted have lost their address and name to whoever has them now.
    const live = items.filter(({ deletedAt }) => deletedAt === null);
    const meant = live.length > 0 ? live : items;
    if (meant.length > 1) throw new AmbiguousUser();
    return meant[0] ?? null;
  }
}

/** A spec that is none is refused in its place. */
function hasPassword(spec: UserCreationSpec | null | undefined): boolean {
  return spec?.password !== undefined && spec.password !== null;
}

/** The passwords of users who have one, made from the specs in the same places. */
function passwordsOf(
  made: readonly UserInfo[],
  specs: readonly UserCreationSpec[],
): readonly (readonly [UserId, PasswordHash])[] {
  return made.flatMap(({ id }, i) => {
    const password = specs[i]?.password;
    return password === undefined || password === null ? [] : [[id, password] as const];
  });
}
