import type { MigrationInterface, QueryRunner } from 'typeorm';

const keys = [
  ['users', 'users_domain_fkey', 'domain_name', 'domains (name)'],
  ['groups', 'groups_domain_fkey', 'domain_name', 'domains (name)'],
  ['notification_channels', 'notification_channels_domain_fkey', 'domain_name', 'domains (name)'],
  ['sessions', 'sessions_domain_fkey', 'domain_name', 'domains (name)'],
  ['sessions', 'sessions_group_fkey', 'group_id', 'groups (id)'],
  ['sessions', 'sessions_user_fkey', 'user_uuid', 'users (id)'],
] as const;

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
    await this.#makeMissingParents(queryRunner);
    for (const [table, name, column, target] of keys) {
      await queryRunner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${target}`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, name] of [...keys].reverse()) {
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

  // What somebody has changed since, or given a key, is theirs.
  async #removeMadeParents(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`SELECT set_config('holdfast.unscoped', 'on', true)`);
    const untouched = `description = '${made}' AND modified_at = created_at`;
    const hasKeys = 'EXISTS (SELECT FROM keypairs WHERE user_id = users.id)';
    await queryRunner.query(`DELETE FROM users WHERE ${untouched} AND NOT ${hasKeys}`);
    await queryRunner.query(`DELETE FROM groups WHERE ${untouched}`);
    await queryRunner.query(`DELETE FROM domains WHERE ${untouched}`);
  }
}
