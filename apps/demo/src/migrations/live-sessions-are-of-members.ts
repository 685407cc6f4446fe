import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A session is started for a member of its group, who stays one meanwhile: like a foreign key, for sessions that are not
 * over alone. It comes after the foreign keys, which lock the group and the user: those who purge them take their locks
 * in the same order. Who has a live session is made a member, and stays one when this is undone: nothing tells them from
 * others.
 */
export class LiveSessionsAreOfMembers implements MigrationInterface {
  readonly name = 'LiveSessionsAreOfMembers1795400002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`SELECT set_config('holdfast.unscoped', 'on', true)`);
    await queryRunner.query(`
      INSERT INTO group_members (group_id, user_uuid) SELECT DISTINCT group_id, user_uuid FROM sessions
      WHERE status NOT IN ('TERMINATED', 'CANCELLED') ON CONFLICT DO NOTHING`);
    await queryRunner.query(`
      CREATE FUNCTION demo_require_member() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM group_members WHERE group_id = NEW.group_id AND user_uuid = NEW.user_uuid FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE foreign_key_violation USING
            MESSAGE = 'The user of a session is no member of its group.', TABLE = 'sessions', CONSTRAINT = 'sessions_member';
        END IF;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_member AFTER INSERT OR UPDATE OF group_id, user_uuid ON sessions FOR EACH ROW
      WHEN (NEW.status NOT IN ('TERMINATED', 'CANCELLED')) EXECUTE FUNCTION demo_require_member()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER sessions_member ON sessions');
    await queryRunner.query('DROP FUNCTION demo_require_member');
  }
}
