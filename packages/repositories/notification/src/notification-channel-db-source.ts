import {
  CheckViolation,
  checkObject,
  type CreatorSpec,
  entityOperations,
  type Executor,
  ForeignKeyViolation,
  type PartialResult,
  type ReadOptions,
  UniqueViolation,
  type WriteOptions,
} from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Scope, Unscoped } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import {
  checkMembers,
  type DbSourceOptions,
  listed,
  missingValue,
  partialResultOf,
  refusedAlone,
  refusedInPlace,
  type ResealedBatch,
  resealing,
  type ResealOptions,
  standardDbSource,
  type UpdateOptions,
} from '@holdfast/standard-repository';
import { NotificationChannelAlreadyExists } from './notification-channel-already-exists.js';
import type { NotificationChannelCreationSpec } from './notification-channel-creation-spec.js';
import {
  notificationChannelCreator,
  type SealedChannelSpec,
  sealedChannelSpec,
} from './notification-channel-creator.js';
import type { NotificationChannelForDispatch } from './notification-channel-for-dispatch.js';
import { NotificationChannelHasRules } from './notification-channel-has-rules.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import { NotificationChannelNotFound } from './notification-channel-not-found.js';
import { NotificationChannelRow, toNotificationChannelInfo } from './notification-channel-row.js';
import type { NotificationChannelUpdate } from './notification-channel-update.js';
import { notificationChannelUpdater, sealedChannelUpdate } from './notification-channel-updater.js';
import { notificationChannelDbSourceResilience } from './notification-resilience.js';
import { revealedSecrets, sealedRows } from './sealed-secrets.js';

const definition = {
  entity: NotificationChannelRow,
  notFound: (id: NotificationChannelId) => new NotificationChannelNotFound(id),
  alreadyExists: () => new NotificationChannelAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(NotificationChannelRow, { domainName: 'A channel needs a domain, from its scope or from its spec.' }),
    {
      violation: UniqueViolation,
      constraint: 'notification_channels_name_key',
      error: (violation: unknown) => new NotificationChannelAlreadyExists(violation),
    },
    {
      violation: ForeignKeyViolation,
      constraint: 'notification_rules_channel_fkey',
      error: (violation: unknown) => new NotificationChannelHasRules(violation),
    },
    {
      violation: CheckViolation,
      constraint: 'notification_channels_config_check',
      error: (violation: unknown) =>
        new InvalidInput('INVALID_VALUE', 'These are settings of another type of channel.', '/config', violation),
    },
    {
      violation: CheckViolation,
      constraint: 'notification_channels_secrets_check',
      error: (violation: unknown) =>
        new InvalidInput('INVALID_VALUE', 'This is a secret of another type of channel.', '/secrets', violation),
    },
  ],
} as const;

const channels = entityOperations<NotificationChannelRow, NotificationChannelInfo, NotificationChannelId>({
  ...definition,
  toData: toNotificationChannelInfo,
});

/** The same rows with their secrets as they are stored. */
const sealedChannels = entityOperations<NotificationChannelRow, NotificationChannelRow, NotificationChannelId>({
  ...definition,
  toData: (row) => row,
});

const standard = standardDbSource(notificationChannelDbSourceResilience, {
  operations: channels,
  creator: notificationChannelCreator,
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

type Channels = Scope<NotificationChannelRow>;
type Spec = NotificationChannelCreationSpec;

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

  override async create(scope: Channels, spec: Spec, options?: WriteOptions): Promise<NotificationChannelInfo> {
    return super.create(scope, this.#sealed(spec, options), options);
  }

  @notificationChannelDbSourceResilience.apply()
  override async bulkCreate(
    scope: Channels,
    specs: readonly Spec[],
    options?: WriteOptions,
  ): Promise<readonly NotificationChannelInfo[]> {
    const created = listed(specs).map(refusedInPlace((spec) => this.#created(spec, options)));
    return this.executor.execute(channels.bulkCreate(scope, created), options);
  }

  @notificationChannelDbSourceResilience.apply()
  override async bulkCreatePartial(
    scope: Channels,
    specs: readonly Spec[],
    options?: WriteOptions,
  ): Promise<PartialResult<NotificationChannelInfo, never>> {
    const created = listed(specs).map(refusedAlone((spec) => this.#created(spec, options)));
    // Told with the specs that were given, not with what was made of them.
    return partialResultOf<NotificationChannelRow, NotificationChannelInfo, never>(
      await this.executor.execute(channels.bulkCreatePartial(scope, created), options),
      specs as readonly never[],
    );
  }

  override async update(
    scope: Channels,
    id: NotificationChannelId,
    change: NotificationChannelUpdate,
    options?: UpdateOptions,
  ): Promise<NotificationChannelInfo> {
    checkObject(change, '');
    return super.update(scope, id, sealedChannelUpdate(change, id, this.options.secrets), options);
  }

  @notificationChannelDbSourceResilience.apply()
  async getChannelForDispatch(
    scope: Channels,
    id: NotificationChannelId,
    options?: ReadOptions,
  ): Promise<NotificationChannelForDispatch> {
    const row = await this.executor.execute(sealedChannels.get(scope, id, options), options);
    return Object.freeze({
      channel: toNotificationChannelInfo(row),
      secrets: revealedSecrets(row, this.options.secrets),
    });
  }

  @notificationChannelDbSourceResilience.apply()
  async resealSecrets(
    scope: Unscoped,
    { after, batchSize, ...options }: ResealOptions<NotificationChannelId> & WriteOptions = {},
  ): Promise<ResealedBatch<NotificationChannelId>> {
    const batch = { ...(after !== undefined && { after }), ...(batchSize !== undefined && { batchSize }) };
    return this.executor.execute(resealing(sealedRows(this.options.secrets), scope, batch), options);
  }

  #created(spec: Spec, options: WriteOptions | undefined): CreatorSpec<NotificationChannelRow> {
    return notificationChannelCreator(this.#sealed(spec, options));
  }

  #sealed(spec: Spec, options: WriteOptions | undefined): SealedChannelSpec {
    checkMembers(spec, given);
    // What is encrypted depends on the id: with another one the repetition would be another creation.
    if (options?.operationKey !== undefined && spec.secrets !== undefined && spec.id === undefined) {
      const message = 'With an operation key, a channel that has secrets needs an id that is given.';
      throw new InvalidInput('MISSING_VALUE', message, '/id');
    }
    return sealedChannelSpec(spec, this.options.secrets);
  }
}
