// Migrates the database whose URL it is given and prints what it applied. The last migration waits for somebody else's
// lock, if they hold it.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DataSource } from 'typeorm';
import { Database, guardedPool } from '../../src/index.js';

class CreateFirsts1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE firsts (id int)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE firsts');
  }
}

class FillFirsts1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    process.stdout.write('filling\n');
    await runner.query('SELECT pg_advisory_xact_lock(1)');
    await runner.query('INSERT INTO firsts VALUES (1)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM firsts');
  }
}

const dataSource = await new DataSource({ type: 'postgres', url: process.argv[2]!, ...guardedPool() }).initialize();
const applied = await new Database(dataSource).migrate([FillFirsts1700000000002, CreateFirsts1700000000001]);
process.stdout.write(`applied ${applied.length}\n`);
await dataSource.destroy();
