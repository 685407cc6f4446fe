import type { MigrationInterface, QueryRunner } from 'typeorm';
import { parentKeys } from './parent-keys.js';

/** By which the rows are known that were made for others to refer to. */
const made = 'made by RowsHaveParents for rows that named it';

/**
 * Nothing is created in a domain or a group that is purged at the same moment, nor for such a user: whoever creates waits
 * for the purge or is waited for, and one of the two is refused. What is over goes before what it belongs to, by itself:
 * a purge takes no history along.
 */
export class RowsHaveParents implements MigrationInterface {
  readonly name = 'RowsHaveParents1795400001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // First, so that nobody stores more of them meanwhile. What is there already is looked at by a migration of its own.
    for (const { table, name, refers } of parentKeys) {
      await queryRunner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${refers} NOT VALID`);
    }
    await this.#makeMissingParents(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table, name } of [...parentKeys].reverse()) {
      await queryRunner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    }
    await this.#removeMadeParents(queryRunner);
  }

  // For what was stored when nobody asked for them. They are called by their ids; the users cannot sign in. Where a group
  // or a user is named with several domains, the first session says which one it is.
  async #makeMissingParents(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`SELECT set_config('holdfast.unscoped', 'on', true)`);
    await queryRunner.query(`
      INSERT INTO domains (name, id, description, allowed_docker_registries)
      SELECT domain_name, gen_random_uuid(), '${made}', '{}' FROM (
        SELECT domain_name FROM sessions UNION SELECT domain_name FROM users UNION SELECT domain_name FROM groups
        UNION SELECT domain_name FROM notification_channels
      ) named ON CONFLICT DO NOTHING`);
    await queryRunner.query(`
      INSERT INTO groups (id, name, description, domain_name)
      SELECT DISTINCT ON (group_id) group_id, group_id, '${made}', domain_name
      FROM sessions ORDER BY group_id, created_at, id ON CONFLICT DO NOTHING`);
    await queryRunner.query(`
      INSERT INTO users (id, username, email, description, live_status, domain_name)
      SELECT DISTINCT ON (user_uuid) user_uuid, user_uuid, user_uuid || '@unknown.invalid', '${made}', 'inactive', domain_name
      FROM sessions ORDER BY user_uuid, created_at, id ON CONFLICT DO NOTHING`);
  }

  // What somebody has changed since is theirs, and so is what has keys, a password, members, or rows in it: all but the
  // sessions that it was made for.
  async #removeMadeParents(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`SELECT set_config('holdfast.unscoped', 'on', true)`);
    await removeMade(queryRunner, 'users', [
      'keypairs WHERE user_id = users.id',
      'user_passwords WHERE user_id = users.id',
      'group_members WHERE user_uuid = users.id',
    ]);
    await removeMade(queryRunner, 'groups', ['group_members WHERE group_id = groups.id']);
    await removeMade(
      queryRunner,
      'domains',
      ['users', 'groups', 'notification_channels'].map((table) => `${table} WHERE domain_name = domains.name`),
    );
  }
}

async function removeMade(queryRunner: QueryRunner, table: string, uses: readonly string[]): Promise<void> {
  const unused = uses.map((use) => `AND NOT EXISTS (SELECT FROM ${use})`).join(' ');
  await queryRunner.query(`DELETE FROM ${table} WHERE description = '${made}' AND modified_at = created_at ${unused}`);
}
