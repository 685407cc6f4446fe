import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['sessions', 'kernels'];

/** What gives each status its time, where whoever sets it says none: all that follows from a status takes its time. */
export class StampStatuses implements MigrationInterface {
  readonly name = 'StampStatuses1795219266500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION holdfast_stamp_status() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.status_changed_at = OLD.status_changed_at THEN NEW.status_changed_at := now(); END IF;
        IF NEW.status IN ('TERMINATED', 'CANCELLED') AND NEW.terminated_at IS NULL THEN
          NEW.terminated_at := NEW.status_changed_at;
        END IF;
        RETURN NEW;
      END $$`);
    // Triggers run in the order of their names: this one before those that read the time.
    for (const table of tables) {
      await queryRunner.query(`
        CREATE TRIGGER ${table}_at_status BEFORE UPDATE OF status ON ${table} FOR EACH ROW
        WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION holdfast_stamp_status()`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`DROP TRIGGER ${table}_at_status ON ${table}`);
    await queryRunner.query('DROP FUNCTION holdfast_stamp_status');
  }
}
