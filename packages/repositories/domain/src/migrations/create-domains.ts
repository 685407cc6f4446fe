import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `domains`. */
export class CreateDomains implements MigrationInterface {
  readonly name = 'CreateDomains1795305600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE domains (
        name                      text         NOT NULL CONSTRAINT domains_pkey PRIMARY KEY,
        id                        uuid         NOT NULL CONSTRAINT domains_id_key UNIQUE,
        description               varchar(512),
        is_active                 boolean      NOT NULL DEFAULT true,
        is_default                boolean      NOT NULL DEFAULT false,
        total_resource_slots      jsonb        NOT NULL DEFAULT '{}',
        allowed_vfolder_hosts     jsonb        NOT NULL DEFAULT '{}',
        allowed_docker_registries text[]       NOT NULL,
        integration_id            text,
        created_at                timestamptz  NOT NULL DEFAULT now(),
        modified_at               timestamptz  NOT NULL DEFAULT now(),
        deleted_at                timestamptz,
        CONSTRAINT domains_default_stays_check CHECK (NOT is_default OR deleted_at IS NULL)
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX domains_default_key ON domains (is_default) WHERE is_default');
    await queryRunner.query('CREATE INDEX domains_created_idx ON domains (created_at, name)');
    await queryRunner.query('CREATE INDEX domains_modified_idx ON domains (modified_at, name)');
    await queryRunner.query('CREATE INDEX domains_integration_idx ON domains (integration_id, name)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE domains');
  }
}
