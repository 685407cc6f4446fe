import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `sticky_notes`. */
export class CreateStickyNotes implements MigrationInterface {
  readonly name = 'CreateStickyNotes1795305600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sticky_notes (
        id                uuid        NOT NULL CONSTRAINT sticky_notes_pkey PRIMARY KEY,
        domain_name       text        NOT NULL,
        name              text        NOT NULL,
        description       text,
        status            text        NOT NULL DEFAULT 'DRAFT',
        status_changed_at timestamptz NOT NULL DEFAULT now(),
        created_at        timestamptz NOT NULL DEFAULT now(),
        modified_at       timestamptz NOT NULL DEFAULT now(),
        deleted_at        timestamptz,
        CONSTRAINT sticky_notes_name_check CHECK (name <> ''),
        CONSTRAINT sticky_notes_status_check CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED'))
      )`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX sticky_notes_live_name_key ON sticky_notes (domain_name, name) WHERE deleted_at IS NULL',
    );
    await queryRunner.query(
      'CREATE INDEX sticky_notes_domain_created_idx ON sticky_notes (domain_name, created_at, id)',
    );
    await queryRunner.query(
      'CREATE INDEX sticky_notes_domain_modified_idx ON sticky_notes (domain_name, modified_at, id)',
    );
    await queryRunner.query('CREATE INDEX sticky_notes_domain_status_idx ON sticky_notes (domain_name, status, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sticky_notes');
  }
}
