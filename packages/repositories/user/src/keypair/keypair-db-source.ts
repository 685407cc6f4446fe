import { databaseTime, type LockOptions, type ReadOptions, type WriteOptions } from '@holdfast/base';
import type { AccessKey, UserId } from '@holdfast/domain-types';
import {
  batchQuerier,
  type BatchQuerier,
  type Page,
  type QueryCondition,
  type Scope,
  type Unscoped,
} from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import { DbSource, type ResealedBatch, resealing, type ResealOptions } from '@holdfast/standard-repository';
import type { UserRow } from '../user-row.js';
import { keypairActivation } from './keypair-activation.js';
import { keypairCreation } from './keypair-creation.js';
import type { KeypairCreationSpec } from './keypair-creation-spec.js';
import { KeypairConditions } from './keypair-conditions.js';
import { defaultChange } from './keypair-default.js';
import type { KeypairInfo } from './keypair-info.js';
import { keypairs } from './keypair-operations.js';
import { keypairDbSourceResilience } from './keypair-resilience.js';
import { keypairRevocation } from './keypair-revocation.js';
import { keypairRotation } from './keypair-rotation.js';
import type { KeypairRow } from './keypair-row.js';
import type { KeypairWithSecret } from './keypair-with-secret.js';
import { sealedRows } from './sealed-rows.js';
import { signingKey } from './signing-key.js';

type Keypairs = Scope<KeypairRow>;

const off = { changes: { isActive: false, isDefault: false } };
const used = { changes: { lastUsedAt: databaseTime } };

/** What an application tells the db source of key pairs. */
export interface KeypairDbSourceOptions {
  /** What secrets are encrypted with. */
  readonly secrets: SecretKeys;
}

/** All SQL on key pairs and their secrets. */
export class KeypairDbSource extends DbSource<KeypairDbSourceOptions> {
  @keypairDbSourceResilience.apply()
  get(scope: Keypairs, accessKey: AccessKey, options?: ReadOptions | LockOptions): Promise<KeypairInfo> {
    return this.executor.execute(keypairs.get(scope, accessKey, options), options);
  }

  @keypairDbSourceResilience.apply()
  find(scope: Keypairs, accessKey: AccessKey, options?: ReadOptions | LockOptions): Promise<KeypairInfo | null> {
    return this.executor.execute(keypairs.find(scope, accessKey, options), options);
  }

  @keypairDbSourceResilience.apply()
  loadMany(
    scope: Keypairs,
    accessKeys: readonly AccessKey[],
    options?: ReadOptions,
  ): Promise<readonly (KeypairInfo | null)[]> {
    return this.executor.execute(keypairs.loadMany(scope, accessKeys, options), options);
  }

  @keypairDbSourceResilience.apply()
  search(scope: Keypairs, querier: BatchQuerier<KeypairRow>, options?: ReadOptions): Promise<Page<KeypairInfo>> {
    return this.executor.execute(keypairs.search(scope, querier, options), options);
  }

  @keypairDbSourceResilience.apply()
  count(scope: Keypairs, condition: QueryCondition<KeypairRow>, options?: ReadOptions): Promise<number> {
    return this.executor.execute(keypairs.count(scope, condition, options), options);
  }

  @keypairDbSourceResilience.apply()
  async findDefaultKeypair(scope: Keypairs, userId: UserId, options?: ReadOptions): Promise<KeypairInfo | null> {
    const conditions = [KeypairConditions.userEquals(userId), KeypairConditions.isDefault()];
    const querier = batchQuerier<KeypairRow>({ conditions, pagination: { limit: 1, offset: 0 } });
    return (await this.executor.execute(keypairs.search(scope, querier, options), options)).items[0] ?? null;
  }

  @keypairDbSourceResilience.apply()
  findSigningKey(scope: Keypairs, accessKey: AccessKey, options?: ReadOptions): Promise<KeypairWithSecret | null> {
    return this.executor.execute(signingKey(this.options.secrets, scope, accessKey), options);
  }

  @keypairDbSourceResilience.apply()
  createKeypair(
    scope: Scope<UserRow>,
    userId: UserId,
    spec: KeypairCreationSpec,
    options?: WriteOptions,
  ): Promise<KeypairWithSecret> {
    return this.executor.execute(keypairCreation(this.options.secrets, scope, userId, spec), options);
  }

  @keypairDbSourceResilience.apply()
  rotateKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairWithSecret> {
    return this.executor.execute(keypairRotation(this.options.secrets, scope, accessKey), options);
  }

  @keypairDbSourceResilience.apply()
  setDefaultKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.executor.execute(defaultChange(scope, accessKey), options);
  }

  @keypairDbSourceResilience.apply()
  activateKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.executor.execute(keypairActivation(scope, accessKey), options);
  }

  @keypairDbSourceResilience.apply()
  deactivateKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.executor.execute(keypairs.update(scope, accessKey, off), options);
  }

  @keypairDbSourceResilience.apply()
  revokeKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.executor.execute(keypairRevocation(scope, accessKey), options);
  }

  @keypairDbSourceResilience.apply()
  async resealSecrets(
    scope: Unscoped,
    { after, batchSize, ...options }: ResealOptions<AccessKey> & WriteOptions = {},
  ): Promise<ResealedBatch<AccessKey>> {
    const batch = { ...(after !== undefined && { after }), ...(batchSize !== undefined && { batchSize }) };
    return this.executor.execute(resealing(sealedRows(this.options.secrets), scope, batch), options);
  }

  @keypairDbSourceResilience.apply()
  noteKeypairUse(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.executor.execute(keypairs.update(scope, accessKey, used), options);
  }
}
