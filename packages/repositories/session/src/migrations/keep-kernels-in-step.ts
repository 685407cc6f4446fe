import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps kernels in step with their sessions, whoever moves which: after `kernels` and `resource_allocations`. */
export class KeepKernelsInStep implements MigrationInterface {
  readonly name = 'KeepKernelsInStep1795219266000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The session is not locked: who ends it, or lets it wait again, locks its kernels in turn.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_schedule_kernel() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.status = 'PENDING' THEN
          NEW.scheduled_at := NULL;
          NEW.agent_id := NULL;
        ELSIF EXISTS (SELECT FROM sessions WHERE id = NEW.session_id AND status = 'PENDING') THEN
          RAISE EXCEPTION 'a kernel waits while its session does'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'kernels_session_scheduled';
        ELSIF NEW.status NOT IN ('TERMINATED', 'CANCELLED', 'ERROR') THEN
          NEW.scheduled_at := NEW.status_changed_at;
        END IF;
        RETURN NEW;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER kernels_session_scheduled BEFORE UPDATE OF status ON kernels FOR EACH ROW
      WHEN ((OLD.status = 'PENDING') <> (NEW.status = 'PENDING')) EXECUTE FUNCTION holdfast_schedule_kernel()`);
    // What waits uses nothing, nor does what has just been scheduled.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_unuse_allocations() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE resource_allocations SET used = NULL WHERE kernel_id = NEW.id AND used IS NOT NULL;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER kernels_unuse_allocations AFTER UPDATE OF status ON kernels FOR EACH ROW
      WHEN ((OLD.status = 'PENDING') <> (NEW.status = 'PENDING')) EXECUTE FUNCTION holdfast_unuse_allocations()`);
    await queryRunner.query(`
      CREATE FUNCTION holdfast_end_kernels() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE kernels
        SET status = CASE WHEN status IN ('PENDING', 'SCHEDULED', 'PREPARING', 'CREATING') THEN 'CANCELLED' ELSE 'TERMINATED' END,
            status_changed_at = NEW.status_changed_at, terminated_at = NEW.status_changed_at,
            modified_at = NEW.status_changed_at
        WHERE session_id = NEW.id AND status NOT IN ('TERMINATED', 'CANCELLED');
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_end_kernels AFTER UPDATE OF status ON sessions FOR EACH ROW
      WHEN (NEW.status IN ('TERMINATED', 'CANCELLED') AND OLD.status <> NEW.status)
      EXECUTE FUNCTION holdfast_end_kernels()`);
    // Those that wait are written too: whoever would move one, and still sees the session as it was before, collides with
    // that. The second statement sees what has become of those that were moved or ended before.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_requeue_kernels() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM kernels WHERE session_id = NEW.id ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (SELECT FROM kernels WHERE session_id = NEW.id AND status IN ('TERMINATED', 'CANCELLED')) THEN
          RAISE EXCEPTION 'a kernel of the session is over, and does not wait again'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessions_requeue_kernels';
        END IF;
        UPDATE kernels
        SET status = 'PENDING',
            status_changed_at = CASE status WHEN 'PENDING' THEN status_changed_at ELSE NEW.status_changed_at END,
            modified_at = CASE status WHEN 'PENDING' THEN modified_at ELSE NEW.status_changed_at END
        WHERE session_id = NEW.id;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_requeue_kernels AFTER UPDATE OF status ON sessions FOR EACH ROW
      WHEN (NEW.status = 'PENDING' AND OLD.status <> NEW.status) EXECUTE FUNCTION holdfast_requeue_kernels()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER sessions_requeue_kernels ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_requeue_kernels');
    await queryRunner.query('DROP TRIGGER sessions_end_kernels ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_end_kernels');
    await queryRunner.query('DROP TRIGGER kernels_unuse_allocations ON kernels');
    await queryRunner.query('DROP FUNCTION holdfast_unuse_allocations');
    await queryRunner.query('DROP TRIGGER kernels_session_scheduled ON kernels');
    await queryRunner.query('DROP FUNCTION holdfast_schedule_kernel');
  }
}
