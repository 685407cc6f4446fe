import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `session_status_history`, after `sessions`, and what writes it. */
export class CreateStatusHistory implements MigrationInterface {
  readonly name = 'CreateStatusHistory1795219265000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE session_status_history (
        session_id  uuid        NOT NULL,
        number      integer     NOT NULL,
        from_status text        NOT NULL,
        to_status   text        NOT NULL,
        changed_at  timestamptz NOT NULL,
        domain_name text        NOT NULL,
        group_id    uuid        NOT NULL,
        user_uuid   uuid        NOT NULL,
        access_key  text        NOT NULL,
        CONSTRAINT session_status_history_pkey PRIMARY KEY (session_id, number),
        CONSTRAINT session_status_history_session_fkey
          FOREIGN KEY (session_id, domain_name, group_id, user_uuid, access_key)
          REFERENCES sessions (id, domain_name, group_id, user_uuid, access_key) ON DELETE CASCADE ON UPDATE CASCADE
      )`);
    // Whoever changes the status holds the lock of the session: the next number is theirs.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_note_transition() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO session_status_history
          (session_id, number, from_status, to_status, changed_at, domain_name, group_id, user_uuid, access_key)
        SELECT NEW.id, coalesce(max(number), 0) + 1, OLD.status, NEW.status, NEW.status_changed_at,
               NEW.domain_name, NEW.group_id, NEW.user_uuid, NEW.access_key
        FROM session_status_history WHERE session_id = NEW.id;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_note_transition AFTER UPDATE OF status ON sessions FOR EACH ROW
      WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION holdfast_note_transition()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER sessions_note_transition ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_note_transition');
    await queryRunner.query('DROP TABLE session_status_history');
  }
}
