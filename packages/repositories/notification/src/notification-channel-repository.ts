import type { ReadOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { type StatementsOf, standardRepository } from '@holdfast/standard-repository';
import { NotificationChannelDbSource } from './notification-channel-db-source.js';
import type { NotificationChannelForDispatch } from './notification-channel-for-dispatch.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import type { NotificationChannelRow } from './notification-channel-row.js';
import { notificationChannelRepositoryResilience } from './notification-resilience.js';

type Channels = Scope<NotificationChannelRow>;

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
  };

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
}
