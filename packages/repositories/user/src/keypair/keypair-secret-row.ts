import type { AccessKey } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';

/** A row of the table `keypair_secrets`: the secret half of a key pair, sealed. No search reads it. */
export interface KeypairSecretRow {
  accessKey: AccessKey;
  /** As `SecretKeys` seals it. */
  sealed: string;
}

export const KeypairSecretRow = new EntitySchema<KeypairSecretRow>({
  name: 'KeypairSecret',
  tableName: 'keypair_secrets',
  columns: {
    accessKey: { name: 'access_key', type: 'text', primary: true, primaryKeyConstraintName: 'keypair_secrets_pkey' },
    sealed: { type: 'text' },
  },
  checks: [
    { name: 'keypair_secrets_sealed_check', expression: `sealed ~ '^v1\\.[A-Za-z0-9_-]{1,32}\\.[A-Za-z0-9_-]{80,}$'` },
  ],
  foreignKeys: [
    {
      name: 'keypair_secrets_keypair_fkey',
      target: 'Keypair',
      columnNames: ['accessKey'],
      referencedColumnNames: ['accessKey'],
      onDelete: 'CASCADE',
    },
  ],
});
