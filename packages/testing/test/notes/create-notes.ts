import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `notes`. */
export class CreateNotes implements MigrationInterface {
  readonly name = 'CreateNotes1795219200001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE notes (
        id           uuid CONSTRAINT notes_pkey PRIMARY KEY,
        team         text NOT NULL,
        title        text NOT NULL,
        color        text,
        version      int NOT NULL,
        "deletedAt"  timestamptz,
        CONSTRAINT notes_title_key UNIQUE (team, title)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notes');
  }
}
