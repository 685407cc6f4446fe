import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `groups`. */
export class CreateGroups implements MigrationInterface {
  readonly name = 'CreateGroups1795305601000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE groups (
        id                   uuid         NOT NULL CONSTRAINT groups_pkey PRIMARY KEY,
        name                 text         NOT NULL,
        domain_name          text         NOT NULL,
        description          varchar(512),
        is_active            boolean      NOT NULL DEFAULT true,
        type                 text         NOT NULL DEFAULT 'general',
        total_resource_slots jsonb        NOT NULL DEFAULT '{}',
        integration_id       text,
        container_registry   jsonb,
        created_at           timestamptz  NOT NULL DEFAULT now(),
        modified_at          timestamptz  NOT NULL DEFAULT now(),
        deleted_at           timestamptz,
        CONSTRAINT groups_type_check CHECK (type IN ('general', 'model-store')),
        CONSTRAINT groups_name_key UNIQUE (domain_name, name)
      )`);
    await queryRunner.query('CREATE INDEX groups_domain_created_idx ON groups (domain_name, created_at, id)');
    await queryRunner.query('CREATE INDEX groups_domain_modified_idx ON groups (domain_name, modified_at, id)');
    await queryRunner.query('CREATE INDEX groups_integration_idx ON groups (integration_id, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE groups');
  }
}
