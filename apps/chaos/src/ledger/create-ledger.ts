import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the ledger, and the trigger that keeps every change of a register. */
export class CreateLedger1763683200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ledger_entries (
        id uuid PRIMARY KEY, worker integer NOT NULL, seq integer NOT NULL, value text NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE ledger_postings (
        id uuid PRIMARY KEY, worker integer NOT NULL, seq integer NOT NULL, counter integer NOT NULL, value text NOT NULL
      )`);
    await queryRunner.query('CREATE TABLE ledger_counters (id integer PRIMARY KEY, total integer NOT NULL)');
    await queryRunner.query(`
      CREATE TABLE ledger_registers (
        worker integer, slot integer, seq integer NOT NULL, value text NOT NULL, PRIMARY KEY (worker, slot)
      )`);
    await queryRunner.query(`
      CREATE TABLE ledger_changes (
        position bigint GENERATED ALWAYS AS IDENTITY,
        worker integer NOT NULL, slot integer NOT NULL, seq integer NOT NULL, value text NOT NULL
      )`);
    await queryRunner.query(`
      CREATE FUNCTION keep_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO ledger_changes (worker, slot, seq, value) VALUES (NEW.worker, NEW.slot, NEW.seq, NEW.value);
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER keep_ledger_change AFTER INSERT OR UPDATE ON ledger_registers
      FOR EACH ROW EXECUTE FUNCTION keep_ledger_change()`);
    await queryRunner.query(`
      CREATE TABLE ledger_vouchers (
        worker integer, seq integer, value text NOT NULL, PRIMARY KEY (worker, seq)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['entries', 'postings', 'counters', 'registers', 'changes', 'vouchers']) {
      await queryRunner.query(`DROP TABLE ledger_${table}`);
    }
    await queryRunner.query('DROP FUNCTION keep_ledger_change()');
  }
}
