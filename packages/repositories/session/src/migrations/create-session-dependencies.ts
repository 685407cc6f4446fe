import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `session_dependencies`, after `sessions`, and what keeps it free of cycles. */
export class CreateSessionDependencies implements MigrationInterface {
  readonly name = 'CreateSessionDependencies1795219264000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE session_dependencies (
        session_id  uuid        NOT NULL,
        depends_on  uuid        NOT NULL,
        domain_name text        NOT NULL,
        group_id    uuid        NOT NULL,
        user_uuid   uuid        NOT NULL,
        access_key  text        NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT session_dependencies_pkey PRIMARY KEY (session_id, depends_on),
        CONSTRAINT session_dependencies_session_fkey
          FOREIGN KEY (session_id, domain_name, group_id, user_uuid, access_key)
          REFERENCES sessions (id, domain_name, group_id, user_uuid, access_key) ON DELETE CASCADE ON UPDATE CASCADE,
        CONSTRAINT session_dependencies_depends_on_fkey
          FOREIGN KEY (depends_on, domain_name, group_id, user_uuid, access_key)
          REFERENCES sessions (id, domain_name, group_id, user_uuid, access_key) ON DELETE CASCADE ON UPDATE CASCADE
      )`);
    await queryRunner.query('CREATE INDEX session_dependencies_depends_on_idx ON session_dependencies (depends_on)');
    // No cycle has sessions of two owners, so those who write for one owner take turns. Whoever waited sees what the other
    // has committed by the next statement, unless the snapshot of the transaction is older.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_refuse_dependency_cycles() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('transaction_isolation') = 'repeatable read' THEN
          RAISE EXCEPTION 'dependencies of sessions cannot be written in a repeatable read transaction'
            USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
        PERFORM pg_advisory_xact_lock(key) FROM (
          SELECT DISTINCT hashtextextended(concat_ws(' ', 'session_dependencies', domain_name, group_id, user_uuid), 0) AS key
          FROM added ORDER BY key) owners;
        IF EXISTS (
          WITH RECURSIVE reached (start, id) AS (
            SELECT session_id, depends_on FROM added
            UNION
            SELECT r.start, d.depends_on FROM reached r JOIN session_dependencies d ON d.session_id = r.id
          ) SELECT FROM reached WHERE id = start
        ) THEN
          RAISE EXCEPTION 'a session would depend on itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_dependencies_acyclic';
        END IF;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER session_dependencies_acyclic AFTER INSERT ON session_dependencies
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION holdfast_refuse_dependency_cycles()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE session_dependencies');
    await queryRunner.query('DROP FUNCTION holdfast_refuse_dependency_cycles');
  }
}
