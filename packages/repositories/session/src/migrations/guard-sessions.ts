import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps sessions that hold resources from being deleted and purged, and what they ask for from being changed then. */
export class GuardSessions implements MigrationInterface {
  readonly name = 'GuardSessions1795219270000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION holdfast_refuse_session_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a session in this state is not changed like that'
          USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
      END $$`);
    const holds = `OLD.status NOT IN ('PENDING', 'TERMINATED', 'CANCELLED')`;
    await queryRunner.query(`
      CREATE TRIGGER sessions_hold_nothing_deleted BEFORE UPDATE OF deleted_at ON sessions FOR EACH ROW
      WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL AND ${holds})
      EXECUTE FUNCTION holdfast_refuse_session_change()`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_hold_nothing_purged BEFORE DELETE ON sessions FOR EACH ROW
      WHEN (${holds}) EXECUTE FUNCTION holdfast_refuse_session_change()`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_request_pending BEFORE UPDATE OF requested_slots, scaling_group_name ON sessions FOR EACH ROW
      WHEN (OLD.status <> 'PENDING' AND (OLD.requested_slots, OLD.scaling_group_name)
            IS DISTINCT FROM (NEW.requested_slots, NEW.scaling_group_name))
      EXECUTE FUNCTION holdfast_refuse_session_change()`);
    // One kernel asks for what its session asks for; of several, nobody knows which of them asks for what. What is over asks
    // for nothing new.
    const isLive = (kernel: string): string => `${kernel}.status NOT IN ('TERMINATED', 'CANCELLED')`;
    await queryRunner.query(`
      CREATE FUNCTION holdfast_follow_request() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM kernels WHERE session_id = NEW.id) > 1 THEN
          RAISE EXCEPTION 'the kernels of the session ask for something else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessions_request_pending';
        END IF;
        UPDATE kernels SET requested_slots = NEW.requested_slots, modified_at = now()
        WHERE session_id = NEW.id AND ${isLive('kernels')};
        DELETE FROM resource_allocations a USING kernels k
        WHERE k.session_id = NEW.id AND a.kernel_id = k.id AND ${isLive('k')};
        INSERT INTO resource_allocations (kernel_id, slot_name, requested, domain_name, group_id, user_uuid, access_key)
        SELECT k.id, slot.name, slot.amount::numeric, k.domain_name, k.group_id, k.user_uuid, k.access_key
        FROM kernels k CROSS JOIN LATERAL jsonb_each_text(k.requested_slots) slot (name, amount)
        WHERE k.session_id = NEW.id AND ${isLive('k')};
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER sessions_follow_request AFTER UPDATE OF requested_slots ON sessions FOR EACH ROW
      WHEN (OLD.requested_slots IS DISTINCT FROM NEW.requested_slots) EXECUTE FUNCTION holdfast_follow_request()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER sessions_follow_request ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_follow_request');
    await queryRunner.query('DROP TRIGGER sessions_request_pending ON sessions');
    await queryRunner.query('DROP TRIGGER sessions_hold_nothing_purged ON sessions');
    await queryRunner.query('DROP TRIGGER sessions_hold_nothing_deleted ON sessions');
    await queryRunner.query('DROP FUNCTION holdfast_refuse_session_change');
  }
}
