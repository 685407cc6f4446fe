import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `group_members`, after `groups`. */
export class CreateGroupMembers implements MigrationInterface {
  readonly name = 'CreateGroupMembers1795305602000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE group_members (
        group_id   uuid        NOT NULL,
        user_uuid  uuid        NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT group_members_pkey PRIMARY KEY (group_id, user_uuid),
        CONSTRAINT group_members_group_fkey FOREIGN KEY (group_id) REFERENCES groups (id) ON DELETE CASCADE
      )`);
    await queryRunner.query('CREATE INDEX group_members_user_idx ON group_members (user_uuid, group_id)');
    await queryRunner.query(
      'CREATE INDEX group_members_created_idx ON group_members (group_id, created_at, user_uuid)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE group_members');
  }
}
