import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationList } from '../migrations/migration-list.js';
import { OPERATION_TABLE } from './operation-table.js';

/** The table that operation keys are kept in. Put it into the application's list: `database.migrate([...operationKeyMigrations, …])`. */
class CreateOperations implements MigrationInterface {
  readonly name = 'HoldfastCreateOperations1795300000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${OPERATION_TABLE} (
        scope      text        NOT NULL,
        key        text        NOT NULL,
        operation  text        NOT NULL,
        payload    text        NOT NULL,
        call       uuid        NOT NULL,
        answer     text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${OPERATION_TABLE}_pkey PRIMARY KEY (scope, key)
      )`);
    await queryRunner.query(`CREATE INDEX ${OPERATION_TABLE}_created_idx ON ${OPERATION_TABLE} (created_at)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE ${OPERATION_TABLE}`);
  }
}

export const operationKeyMigrations: MigrationList = Object.freeze([CreateOperations]);
