import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `session_dependencies`, after `sessions`, what keeps it free of cycles, and sessions from starting early. */
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
      DECLARE
        targets integer[]; -- of all edges, by their source
        ends    integer[]; -- where the edges of each place end in it
        waiting integer[]; -- how many edges lead to each place
        free    integer[]; -- places that no edge leads to, in the order in which they were found
        done    integer;
        here    integer;
        there   integer;
      BEGIN
        -- That of a serializable transaction is noticed among such transactions alone.
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
          RAISE EXCEPTION 'dependencies of sessions are written in a read committed transaction'
            USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
        PERFORM pg_advisory_xact_lock(key) FROM (
          SELECT DISTINCT hashtextextended(concat_ws(' ', 'session_dependencies', domain_name, group_id, user_uuid), 0) AS key
          FROM added ORDER BY key) owners;
        -- Locked, so that none starts meanwhile.
        PERFORM FROM sessions WHERE id IN (SELECT session_id FROM added) ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (
          SELECT FROM added a JOIN sessions s ON s.id = a.session_id LEFT JOIN sessions o ON o.id = a.depends_on
          WHERE s.status NOT IN ('PENDING', 'TERMINATED', 'CANCELLED')
            AND (o.status = 'TERMINATED' AND o.result = 'success') IS NOT TRUE
        ) THEN
          RAISE EXCEPTION 'a session has started before another that it would wait for has succeeded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessions_dependencies_met';
        END IF;
        WITH RECURSIVE walked (source, target) AS (
          SELECT session_id, depends_on FROM added
          UNION
          SELECT d.session_id, d.depends_on FROM walked w
          CROSS JOIN LATERAL (SELECT * FROM session_dependencies WHERE session_id = w.target OFFSET 0) d
        ), places AS (
          SELECT id, row_number() OVER ()::integer AS place
          FROM (SELECT source FROM walked UNION SELECT target FROM walked) ids (id)
        ), edges AS (
          SELECT s.place AS source, t.place AS target
          FROM walked w JOIN places s ON s.id = w.source JOIN places t ON t.id = w.target
        ), leaving AS (
          SELECT p.place, count(e.source)::integer AS edges FROM places p LEFT JOIN edges e ON e.source = p.place GROUP BY p.place
        ), entering AS (
          SELECT p.place, count(e.target)::integer AS edges FROM places p LEFT JOIN edges e ON e.target = p.place GROUP BY p.place
        )
        SELECT (SELECT array_agg(target ORDER BY source) FROM edges),
               (SELECT array_agg(after ORDER BY place)
                FROM (SELECT place, sum(edges) OVER (ORDER BY place)::integer AS after FROM leaving) sums),
               (SELECT array_agg(edges ORDER BY place) FROM entering),
               (SELECT array_agg(place) FROM entering WHERE edges = 0)
        INTO targets, ends, waiting, free;
        -- Whatever nothing leads to is in no cycle, and its edges lead nowhere new: what is left at last is one.
        done := 0;
        WHILE done < coalesce(cardinality(free), 0) LOOP
          done := done + 1;
          here := free[done];
          FOR i IN coalesce(ends[here - 1], 0) + 1 .. ends[here] LOOP
            there := targets[i];
            waiting[there] := waiting[there] - 1;
            IF waiting[there] = 0 THEN free[coalesce(cardinality(free), 0) + 1] := there; END IF;
          END LOOP;
        END LOOP;
        IF done < coalesce(cardinality(ends), 0) THEN
          RAISE EXCEPTION 'a session would depend on itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_dependencies_acyclic';
        END IF;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER session_dependencies_acyclic AFTER INSERT ON session_dependencies
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION holdfast_refuse_dependency_cycles()`);
    // What cannot be seen has not succeeded.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_await_dependencies() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          SELECT FROM session_dependencies d LEFT JOIN sessions o ON o.id = d.depends_on
          WHERE d.session_id = NEW.id AND (o.status = 'TERMINATED' AND o.result = 'success') IS NOT TRUE
        ) THEN
          RAISE EXCEPTION 'a session would start before another that it waits for has succeeded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessions_dependencies_met';
        END IF;
        RETURN NEW;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_dependencies_met BEFORE UPDATE OF status ON sessions FOR EACH ROW
      WHEN (OLD.status = 'PENDING' AND NEW.status = 'SCHEDULED') EXECUTE FUNCTION holdfast_await_dependencies()`);
    // Whoever waits for what has succeeded waits no longer once that is purged.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_release_waiters() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM session_dependencies WHERE depends_on = OLD.id;
        RETURN OLD;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_release_waiters BEFORE DELETE ON sessions FOR EACH ROW
      WHEN (OLD.status = 'TERMINATED' AND OLD.result = 'success') EXECUTE FUNCTION holdfast_release_waiters()`);
    // What has not succeeded takes its dependencies with it by the foreign key, when all rows of the statement are gone:
    // whoever still waits then would start.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_keep_awaited() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          SELECT FROM removed r JOIN sessions w ON w.id = r.session_id
          WHERE w.status NOT IN ('TERMINATED', 'CANCELLED')
            AND NOT EXISTS (SELECT FROM sessions o WHERE o.id = r.depends_on)
        ) THEN
          RAISE EXCEPTION 'a session waits for the one that would be purged'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessions_not_awaited';
        END IF;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_not_awaited AFTER DELETE ON session_dependencies
      REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION holdfast_keep_awaited()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER sessions_not_awaited ON session_dependencies');
    await queryRunner.query('DROP FUNCTION holdfast_keep_awaited');
    await queryRunner.query('DROP TRIGGER sessions_release_waiters ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_release_waiters');
    await queryRunner.query('DROP TRIGGER sessions_dependencies_met ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_await_dependencies');
    await queryRunner.query('DROP TABLE session_dependencies');
    await queryRunner.query('DROP FUNCTION holdfast_refuse_dependency_cycles');
  }
}
