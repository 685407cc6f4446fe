import { type ReadOptions, statementCounts, type WriteOptions } from '@holdfast/base';
import type { Scope, Unscoped } from '@holdfast/querier';
import {
  type ResealedBatch,
  type ResealOptions,
  resealStatements,
  type StandardStatements,
  type StatementsOf,
  standardRepository,
} from '@holdfast/standard-repository';
import { NotificationChannelDbSource } from './notification-channel-db-source.js';
import type { NotificationChannelForDispatch } from './notification-channel-for-dispatch.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import type { NotificationChannelRow } from './notification-channel-row.js';
import { notificationChannelRepositoryResilience } from './notification-resilience.js';

type Channels = Scope<NotificationChannelRow>;

const pieces = statementCounts.bulkCreate;

/**
 * Notification channels: where messages go. Their secrets are stored encrypted, and only `getChannelForDispatch` tells
 * them. A channel that rules refer to cannot be purged: `NotificationChannelHasRules`.
 */
export class NotificationChannelRepository extends standardRepository(
  notificationChannelRepositoryResilience,
  NotificationChannelDbSource,
) {
  static readonly statements: StatementsOf<NotificationChannelRepository> = {
    getChannel: () => 1,
    getChannelForDispatch: () => 1,
    resealSecrets: () => resealStatements,
  };

  /** Secrets are stored apart from their channels. */
  static readonly standardStatements = {
    create: () => 2,
    bulkCreate: (workload) => 2 * pieces(workload),
    bulkCreatePartial: (workload) => statementCounts.bulkCreatePartial(workload) + pieces(workload),
    update: () => 2,
  } satisfies StandardStatements;

  /** Another name of `get`, reported under its own: the one that the rest of the system knows it by. */
  @notificationChannelRepositoryResilience.apply()
  getChannel(scope: Channels, id: NotificationChannelId, options?: ReadOptions): Promise<NotificationChannelInfo> {
    return this.dbSource.get(scope, id, options);
  }

  /**
   * A channel with its secrets, decrypted, whether it is enabled or not: for who sends messages, and nobody else. Throws
   * `NotificationChannelNotFound`, and `SecretUnreadable` where the keys are not those that it was encrypted with.
   */
  @notificationChannelRepositoryResilience.apply()
  getChannelForDispatch(
    scope: Channels,
    id: NotificationChannelId,
    options?: ReadOptions,
  ): Promise<NotificationChannelForDispatch> {
    return this.dbSource.getChannelForDispatch(scope, id, options);
  }

  /**
   * After a rotation of keys: seals the secrets of the next channels anew that are not under the newest one, until `next`
   * is null. It may be broken off and begun anew. `unreadable` are those that the keys at hand do not open: while there
   * are any, the keys that they need cannot go. Throws Misuse for any scope but `unscoped(reason)`.
   */
  @notificationChannelRepositoryResilience.apply()
  resealSecrets(
    scope: Unscoped,
    options?: ResealOptions<NotificationChannelId> & WriteOptions,
  ): Promise<ResealedBatch<NotificationChannelId>> {
    return this.dbSource.resealSecrets(scope, options);
  }
}
