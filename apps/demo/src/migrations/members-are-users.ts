import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is purged is no member any more. The packages of groups and users do not know each other: the application ties them. */
export class MembersAreUsers implements MigrationInterface {
  readonly name = 'MembersAreUsers1795400000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE group_members ADD CONSTRAINT group_members_user_fkey
        FOREIGN KEY (user_uuid) REFERENCES users (id) ON DELETE CASCADE`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE group_members DROP CONSTRAINT group_members_user_fkey');
  }
}
