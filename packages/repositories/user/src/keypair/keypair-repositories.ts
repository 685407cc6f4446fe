import { Misuse } from '@holdfast/errors';
import { SecretKeys } from '@holdfast/secrets';
import type { RepositoryArgs } from '@holdfast/standard-repository';
import { KeypairDbSource } from './keypair-db-source.js';
import { KeypairRepository } from './keypair-repository.js';

export interface KeypairRepositoryArgs extends RepositoryArgs {
  /** Seals and opens the secrets of key pairs. */
  readonly secrets: SecretKeys;
}

/** Puts the parts of key pairs together: `KeypairRepositories.create({ database, secrets }).repository`. */
export class KeypairRepositories {
  readonly repository: KeypairRepository;

  private constructor(repository: KeypairRepository) {
    this.repository = repository;
  }

  static create({ database, secrets, ...rest }: KeypairRepositoryArgs): KeypairRepositories {
    if (!(secrets instanceof SecretKeys)) throw new Misuse('The secrets of key pairs need keys: new SecretKeys([…]).');
    const dbSource = new KeypairDbSource(database, { secrets });
    return new KeypairRepositories(new KeypairRepository({ dbSource, ...rest }));
  }
}
