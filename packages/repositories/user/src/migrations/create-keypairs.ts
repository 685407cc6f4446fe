import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables `keypairs` and `keypair_secrets`, after `users`. */
export class CreateKeypairs implements MigrationInterface {
  readonly name = 'CreateKeypairs1795307112000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE keypairs (
        access_key      text        NOT NULL CONSTRAINT keypairs_pkey PRIMARY KEY,
        user_id         uuid        NOT NULL,
        domain_name     text        NOT NULL,
        user_role       text        NOT NULL,
        is_active       boolean     NOT NULL DEFAULT true,
        is_default      boolean     NOT NULL DEFAULT false,
        resource_policy text        NOT NULL DEFAULT 'default',
        rate_limit      integer     NOT NULL DEFAULT 10000,
        predecessor     text        CONSTRAINT keypairs_predecessor_key UNIQUE,
        last_used_at    timestamptz,
        created_at      timestamptz NOT NULL DEFAULT now(),
        modified_at     timestamptz NOT NULL DEFAULT now(),
        revoked_at      timestamptz,
        CONSTRAINT keypairs_default_check CHECK (is_active OR NOT is_default),
        CONSTRAINT keypairs_revoked_check CHECK (revoked_at IS NULL OR NOT is_active),
        CONSTRAINT keypairs_rate_limit_check CHECK (rate_limit >= 0),
        CONSTRAINT keypairs_user_fkey FOREIGN KEY (user_id, domain_name, user_role)
          REFERENCES users (id, domain_name, role) ON DELETE CASCADE ON UPDATE CASCADE
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX keypairs_default_key ON keypairs (user_id) WHERE is_default');
    await queryRunner.query('CREATE INDEX keypairs_user_created_idx ON keypairs (user_id, created_at, access_key)');
    await queryRunner.query(
      'CREATE INDEX keypairs_domain_created_idx ON keypairs (domain_name, created_at, access_key)',
    );
    await queryRunner.query(`
      CREATE TABLE keypair_secrets (
        access_key text NOT NULL CONSTRAINT keypair_secrets_pkey PRIMARY KEY,
        sealed     text NOT NULL,
        CONSTRAINT keypair_secrets_sealed_check CHECK (sealed ~ '^v1\\.[A-Za-z0-9_-]{1,32}\\.[A-Za-z0-9_-]{80,}$'),
        CONSTRAINT keypair_secrets_keypair_fkey FOREIGN KEY (access_key) REFERENCES keypairs (access_key) ON DELETE CASCADE
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE keypair_secrets');
    await queryRunner.query('DROP TABLE keypairs');
  }
}
