import type { ConflictCheck } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';
import type { Resilience } from '@holdfast/resilience';
import { SecretKeys } from '@holdfast/secrets';
import type { CachingRepositoryArgs } from '@holdfast/standard-repository';
import { NotificationChannelDbSource } from './notification-channel-db-source.js';
import { NotificationChannelRepository } from './notification-channel-repository.js';
import { notificationRuleCacheSource } from './notification-rule-cache-source.js';
import { NotificationRuleDbSource } from './notification-rule-db-source.js';
import { NotificationRuleRepository } from './notification-rule-repository.js';

/** What `NotificationRepositories.create` is given. */
export interface NotificationRepositoryArgs extends Pick<CachingRepositoryArgs, 'database' | 'cache'> {
  /** What the secrets of channels are encrypted with. */
  readonly secrets: SecretKeys;
  /** What keeps rows from being purged: rows of other packages. That rules keep their channels needs none. */
  readonly conflictChecks?: {
    readonly channels?: readonly ConflictCheck[];
    readonly rules?: readonly ConflictCheck[];
  };
  /** Replaces the default of each repository, `metrics(retry(call))`. */
  readonly resilience?: { readonly channels?: Resilience; readonly rules?: Resilience };
}

/** Puts the parts of this package together: `NotificationRepositories.create({ database, secrets })`. */
export class NotificationRepositories {
  readonly channelRepository: NotificationChannelRepository;
  readonly ruleRepository: NotificationRuleRepository;

  private constructor(channelRepository: NotificationChannelRepository, ruleRepository: NotificationRuleRepository) {
    this.channelRepository = channelRepository;
    this.ruleRepository = ruleRepository;
  }

  /** Throws Misuse without keys for the secrets. */
  static create(args: NotificationRepositoryArgs): NotificationRepositories {
    const { database, cache, secrets, conflictChecks, resilience } = args;
    if (!(secrets instanceof SecretKeys)) throw new Misuse('The secrets of channels need keys: new SecretKeys([…]).');
    return new NotificationRepositories(
      new NotificationChannelRepository({
        dbSource: new NotificationChannelDbSource(database, { secrets, conflictChecks: conflictChecks?.channels }),
        resilience: resilience?.channels,
      }),
      new NotificationRuleRepository({
        dbSource: new NotificationRuleDbSource(database, { conflictChecks: conflictChecks?.rules }),
        cacheSource: notificationRuleCacheSource(cache),
        resilience: resilience?.rules,
      }),
    );
  }
}
