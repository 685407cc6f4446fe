import type { LockOptions, ReadOptions, WriteOptions } from '@holdfast/base';
import type { AccessKey, UserId } from '@holdfast/domain-types';
import type { BatchQuerier, Page, QueryCondition, Scope, Unscoped } from '@holdfast/querier';
import {
  Repository,
  type ResealedBatch,
  type ResealOptions,
  resealStatements,
  type StatementsOf,
} from '@holdfast/standard-repository';
import type { UserRow } from '../user-row.js';
import type { KeypairCreationSpec } from './keypair-creation-spec.js';
import type { KeypairDbSource } from './keypair-db-source.js';
import type { KeypairInfo } from './keypair-info.js';
import { keypairRepositoryResilience } from './keypair-resilience.js';
import type { KeypairRow } from './keypair-row.js';
import type { KeypairWithSecret } from './keypair-with-secret.js';

type Keypairs = Scope<KeypairRow>;

/**
 * The key pairs that users sign requests with. Secrets are told twice: to whom a key pair is made for, once, and to what
 * checks signatures. Revoked key pairs are found only where `includeDeleted` is said.
 */
export class KeypairRepository extends Repository<KeypairDbSource> {
  static readonly statements: StatementsOf<KeypairRepository> = {
    findDefaultKeypair: () => 1,
    findSigningKey: () => 1,
    createKeypair: () => 4,
    rotateKeypair: () => 6,
    setDefaultKeypair: () => 5,
    activateKeypair: () => 3,
    deactivateKeypair: () => 1,
    revokeKeypair: () => 3,
    noteKeypairUse: () => 1,
    resealSecrets: () => resealStatements,
  };

  /** One by its access key. Throws `KeypairNotFound`. */
  @keypairRepositoryResilience.apply()
  get(scope: Keypairs, accessKey: AccessKey, options?: ReadOptions | LockOptions): Promise<KeypairInfo> {
    return this.dbSource.get(scope, accessKey, options);
  }

  /** The same, or null. */
  @keypairRepositoryResilience.apply()
  find(scope: Keypairs, accessKey: AccessKey, options?: ReadOptions | LockOptions): Promise<KeypairInfo | null> {
    return this.dbSource.find(scope, accessKey, options);
  }

  /** Many in one statement, in the order of the access keys, null for what is not there. */
  @keypairRepositoryResilience.apply()
  loadMany(
    scope: Keypairs,
    accessKeys: readonly AccessKey[],
    options?: ReadOptions,
  ): Promise<readonly (KeypairInfo | null)[]> {
    return this.dbSource.loadMany(scope, accessKeys, options);
  }

  /** One page of those that match. */
  @keypairRepositoryResilience.apply()
  search(scope: Keypairs, querier: BatchQuerier<KeypairRow>, options?: ReadOptions): Promise<Page<KeypairInfo>> {
    return this.dbSource.search(scope, querier, options);
  }

  /** How many match; `{}` is all of the scope. */
  @keypairRepositoryResilience.apply()
  count(scope: Keypairs, condition: QueryCondition<KeypairRow>, options?: ReadOptions): Promise<number> {
    return this.dbSource.count(scope, condition, options);
  }

  /** The key pair that a user signs with where nothing else is said, or null. */
  @keypairRepositoryResilience.apply()
  findDefaultKeypair(scope: Keypairs, userId: UserId, options?: ReadOptions): Promise<KeypairInfo | null> {
    return this.dbSource.findDefaultKeypair(scope, userId, options);
  }

  /**
   * A key pair with its secret, to check a signature: null unless it is active and its user is. Who asks does not yet know
   * whose it is: `unscoped('a request is authenticated')`. Throws `SecretUnreadable`.
   */
  @keypairRepositoryResilience.apply()
  findSigningKey(scope: Keypairs, accessKey: AccessKey, options?: ReadOptions): Promise<KeypairWithSecret | null> {
    return this.dbSource.findSigningKey(scope, accessKey, options);
  }

  /**
   * Makes a key pair for a user: the scope is one of users. Its secret is told now, and not again. Throws
   * `UserNotFound`, and `OperationAlreadyDone` where it was made before with the same operation key.
   */
  @keypairRepositoryResilience.apply()
  createKeypair(
    scope: Scope<UserRow>,
    userId: UserId,
    spec: KeypairCreationSpec = {},
    options?: WriteOptions,
  ): Promise<KeypairWithSecret> {
    return this.dbSource.createKeypair(scope, userId, spec, options);
  }

  /**
   * Makes a key pair in place of an active one, which is switched off, in one transaction; it has the limits of the old
   * one, and is the default where that was. Throws `KeypairNotFound`, and `KeypairConflict` where the old one is not active
   * or its user is deleted: of two rotations at once one succeeds.
   */
  @keypairRepositoryResilience.apply()
  rotateKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairWithSecret> {
    return this.dbSource.rotateKeypair(scope, accessKey, options);
  }

  /** Makes an active key pair its user's default, in place of the one that is. Throws what `rotateKeypair` throws. */
  @keypairRepositoryResilience.apply()
  setDefaultKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.dbSource.setDefaultKeypair(scope, accessKey, options);
  }

  /** Switches a key pair on. Throws `KeypairNotFound`, and `KeypairConflict` where its user is deleted. */
  @keypairRepositoryResilience.apply()
  activateKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.dbSource.activateKeypair(scope, accessKey, options);
  }

  /** Switches a key pair off; it is no default then. Throws `KeypairNotFound`. */
  @keypairRepositoryResilience.apply()
  deactivateKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.dbSource.deactivateKeypair(scope, accessKey, options);
  }

  /** Ends a key pair for good: its secret is destroyed. Throws `KeypairNotFound`. */
  @keypairRepositoryResilience.apply()
  revokeKeypair(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.dbSource.revokeKeypair(scope, accessKey, options);
  }

  /** Notes that a key pair is used, now. Throws `KeypairNotFound`. */
  @keypairRepositoryResilience.apply()
  noteKeypairUse(scope: Keypairs, accessKey: AccessKey, options?: WriteOptions): Promise<KeypairInfo> {
    return this.dbSource.noteKeypairUse(scope, accessKey, options);
  }

  /**
   * After a rotation of keys: seals the next secrets anew that are not under the newest one, until `next` is null. It may be
   * broken off and begun anew. `unreadable` are those that the keys at hand do not open: while there are any, the keys
   * that they need cannot go. Throws Misuse for any scope but `unscoped(reason)`.
   */
  @keypairRepositoryResilience.apply()
  resealSecrets(scope: Unscoped, options?: ResealOptions<AccessKey> & WriteOptions): Promise<ResealedBatch<AccessKey>> {
    return this.dbSource.resealSecrets(scope, options);
  }
}
