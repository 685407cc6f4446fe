import { checkObject, type Executor, type PartialResult, type ReadOptions, type WriteOptions } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Scope, Unscoped } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import {
  checkMembers,
  type DbSourceOptions,
  listed,
  partialResultOf,
  refusedAlone,
  refusedInPlace,
  type ResealedBatch,
  resealing,
  type ResealOptions,
  standardDbSource,
  type UpdateOptions,
} from '@holdfast/standard-repository';
import { channelForDispatch } from './channel-for-dispatch.js';
import type { NotificationChannelCreationSpec } from './notification-channel-creation-spec.js';
import {
  type ChannelCreatorSpec,
  notificationChannelCreator,
  sealedChannelSpec,
} from './notification-channel-creator.js';
import type { NotificationChannelForDispatch } from './notification-channel-for-dispatch.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import { channels } from './notification-channel-operations.js';
import type { NotificationChannelRow } from './notification-channel-row.js';
import type { NotificationChannelUpdate } from './notification-channel-update.js';
import { notificationChannelUpdater, sealedChannelUpdate } from './notification-channel-updater.js';
import { notificationChannelDbSourceResilience } from './notification-resilience.js';
import { sealedRows } from './sealed-secrets.js';
import { changedWithSecrets, createdWithSecrets } from './with-secrets.js';

type Channels = Scope<NotificationChannelRow>;
type Spec = NotificationChannelCreationSpec;

const standard = standardDbSource(notificationChannelDbSourceResilience, {
  operations: channels,
  // Whatever creates is overridden: it encrypts first.
  creator: notificationChannelCreator as (spec: Spec) => ChannelCreatorSpec,
  updater: notificationChannelUpdater,
});

const given: ReadonlySet<string> = new Set<keyof Spec>([
  'id',
  'name',
  'description',
  'enabled',
  'domainName',
  'createdBy',
  'secrets',
  'type',
  'config',
]);

export interface NotificationChannelDbSourceOptions extends DbSourceOptions {
  /** What secrets are encrypted with. */
  readonly secrets: SecretKeys;
}

/** All SQL on notification channels. Secrets are encrypted before, and decrypted after it. */
export class NotificationChannelDbSource extends standard {
  declare protected readonly options: NotificationChannelDbSourceOptions;

  constructor(executor: Executor, options: NotificationChannelDbSourceOptions) {
    super(executor, options);
  }

  @notificationChannelDbSourceResilience.apply()
  override create(scope: Channels, spec: Spec, options?: WriteOptions): Promise<NotificationChannelInfo> {
    const created = this.#created(spec, options);
    const creation = channels.create(scope, created);
    return this.executor.execute(
      createdWithSecrets(creation, [created.secrets], ({ id }) => [id]),
      options,
    );
  }

  @notificationChannelDbSourceResilience.apply()
  override bulkCreate(
    scope: Channels,
    specs: readonly Spec[],
    options?: WriteOptions,
  ): Promise<readonly NotificationChannelInfo[]> {
    const created = listed(specs).map(refusedInPlace((spec: Spec) => this.#created(spec, options)));
    const secrets = created.map((one) => one.secrets);
    return this.executor.execute(
      createdWithSecrets(channels.bulkCreate(scope, created), secrets, (made) => made.map(({ id }) => id)),
      options,
    );
  }

  @notificationChannelDbSourceResilience.apply()
  override async bulkCreatePartial(
    scope: Channels,
    specs: readonly Spec[],
    options?: WriteOptions,
  ): Promise<PartialResult<NotificationChannelInfo, Spec>> {
    const created = listed(specs).map(refusedAlone((spec: Spec) => this.#created(spec, options)));
    const secrets = created.map((one) => ('secrets' in one ? one.secrets : {}));
    const creation = createdWithSecrets(
      channels.bulkCreatePartial(scope, created),
      secrets,
      ({ successes, failures }) => {
        const failed = new Set(failures.map(({ index }) => index));
        const made = successes.values();
        return created.map((_, index) => (failed.has(index) ? null : made.next().value!.id));
      },
    );
    // Told with the specs that were given, not with what was made of them.
    return partialResultOf(await this.executor.execute(creation, options), specs);
  }

  @notificationChannelDbSourceResilience.apply()
  override update(
    scope: Channels,
    id: NotificationChannelId,
    change: NotificationChannelUpdate,
    options?: UpdateOptions,
  ): Promise<NotificationChannelInfo> {
    checkObject(change, '');
    const sealed = sealedChannelUpdate(change, id, this.options.secrets);
    const expectedVersion = options?.expectedVersion;
    const spec = { ...notificationChannelUpdater(sealed), ...(expectedVersion !== undefined && { expectedVersion }) };
    return this.executor.execute(changedWithSecrets(channels.update(scope, id, spec), sealed.sealed), options);
  }

  @notificationChannelDbSourceResilience.apply()
  getChannelForDispatch(
    scope: Channels,
    id: NotificationChannelId,
    options?: ReadOptions,
  ): Promise<NotificationChannelForDispatch> {
    return this.executor.execute(channelForDispatch(this.options.secrets, scope, id, options), options);
  }

  @notificationChannelDbSourceResilience.apply()
  async resealSecrets(
    scope: Unscoped,
    { after, batchSize, ...options }: ResealOptions<NotificationChannelId> & WriteOptions = {},
  ): Promise<ResealedBatch<NotificationChannelId>> {
    const batch = { ...(after !== undefined && { after }), ...(batchSize !== undefined && { batchSize }) };
    return this.executor.execute(resealing(sealedRows(this.options.secrets), scope, batch), options);
  }

  #created(spec: Spec, options: WriteOptions | undefined): ChannelCreatorSpec {
    checkMembers(spec, given);
    // What is encrypted depends on the id: with another one the repetition would be another creation.
    if (options?.operationKey !== undefined && spec.secrets !== undefined && spec.id === undefined) {
      const message = 'With an operation key, a channel that has secrets needs an id that is given.';
      throw new InvalidInput('MISSING_VALUE', message, '/id');
    }
    return notificationChannelCreator(sealedChannelSpec(spec, this.options.secrets));
  }
}
