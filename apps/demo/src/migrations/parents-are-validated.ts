import type { MigrationInterface, QueryRunner } from 'typeorm';
import { parentKeys } from './parent-keys.js';

/** Looks at the rows that were there before their foreign keys: one table after the other, while others read and write. */
export class ParentsAreValidated implements MigrationInterface {
  readonly name = 'ParentsAreValidated1795400001500';
  readonly transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const { table, name } of parentKeys) {
      await queryRunner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table, name, refers } of [...parentKeys].reverse()) {
      await queryRunner.query(
        `ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${refers} NOT VALID`,
      );
    }
  }
}
