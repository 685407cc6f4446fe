import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `executions`. */
export class CreateExecutions implements MigrationInterface {
  readonly name = 'CreateExecutions1795399089566';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE executions (
        id                uuid        NOT NULL CONSTRAINT executions_pkey PRIMARY KEY,
        domain_name       text        NOT NULL,
        user_uuid         uuid        NOT NULL,
        parent_id         uuid,
        name              text        NOT NULL,
        description       text,
        status            text        NOT NULL DEFAULT 'SCHEDULED',
        status_changed_at timestamptz NOT NULL DEFAULT now(),
        started_at        timestamptz,
        ended_at          timestamptz,
        metadata          jsonb       NOT NULL DEFAULT '{}',
        tags              jsonb       NOT NULL DEFAULT '{}',
        created_at        timestamptz NOT NULL DEFAULT now(),
        modified_at       timestamptz NOT NULL DEFAULT now(),
        deleted_at        timestamptz,
        CONSTRAINT executions_name_check CHECK (name <> ''),
        CONSTRAINT executions_status_check CHECK (status IN ('SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED')),
        CONSTRAINT executions_owner_key UNIQUE (id, domain_name, user_uuid),
        CONSTRAINT executions_parent_fkey FOREIGN KEY (parent_id, domain_name, user_uuid)
          REFERENCES executions (id, domain_name, user_uuid) ON DELETE CASCADE
      )`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX executions_live_name_key ON executions (domain_name, user_uuid, name)
       WHERE deleted_at IS NULL AND parent_id IS NULL`,
    );
    await queryRunner.query('CREATE INDEX executions_parent_idx ON executions (parent_id, domain_name, user_uuid)');
    await queryRunner.query('CREATE INDEX executions_domain_name_idx ON executions (domain_name, name, id)');
    await queryRunner.query('CREATE INDEX executions_domain_created_idx ON executions (domain_name, created_at, id)');
    await queryRunner.query('CREATE INDEX executions_domain_modified_idx ON executions (domain_name, modified_at, id)');
    await queryRunner.query('CREATE INDEX executions_domain_status_idx ON executions (domain_name, status, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE executions');
  }
}
