import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps agents of which something is occupied from being deleted and purged, unless they are gone. */
export class GuardAgents implements MigrationInterface {
  readonly name = 'GuardAgents1795219201000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION holdfast_refuse_occupied_agent() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'something of the agent is occupied'
          USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
      END $$`);
    const isOccupied = `OLD.status IN ('ALIVE', 'RESTARTING') AND OLD.occupied_slots <> '{}'`;
    await queryRunner.query(`
      CREATE TRIGGER agents_free_deleted BEFORE UPDATE OF deleted_at ON agents FOR EACH ROW
      WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL AND ${isOccupied})
      EXECUTE FUNCTION holdfast_refuse_occupied_agent()`);
    await queryRunner.query(`
      CREATE TRIGGER agents_free_purged BEFORE DELETE ON agents FOR EACH ROW
      WHEN (${isOccupied}) EXECUTE FUNCTION holdfast_refuse_occupied_agent()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER agents_free_purged ON agents');
    await queryRunner.query('DROP TRIGGER agents_free_deleted ON agents');
    await queryRunner.query('DROP FUNCTION holdfast_refuse_occupied_agent');
  }
}
