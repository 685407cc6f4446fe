import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  'sessions',
  'kernels',
  'resource_allocations',
  'session_vfolder_mounts',
  'session_dependencies',
  'session_status_history',
];

/** Row-level security of sessions and all that belongs to them, as `session-row-level-security.ts` declares it. */
export class SecureSessions implements MigrationInterface {
  readonly name = 'SecureSessions1795219269000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const values = (scope: string, type: string): string =>
      `(SELECT (nullif(current_setting('holdfast.scope', true), '')::jsonb ->> '${scope}')::${type}[])::${type}[]`;
    const visible = `
      (SELECT current_setting('holdfast.unscoped', true) = 'on')
      OR domain_name = ANY (${values('domain', 'text')})
      OR group_id = ANY (${values('project', 'uuid')})
      OR user_uuid = ANY (${values('user', 'uuid')})
      OR access_key = ANY (${values('access-key', 'text')})`;
    for (const table of tables) {
      await queryRunner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await queryRunner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await queryRunner.query(`CREATE POLICY holdfast_scope ON ${table} USING (${visible}) WITH CHECK (${visible})`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) {
      await queryRunner.query(`DROP POLICY holdfast_scope ON ${table}`);
      await queryRunner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await queryRunner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }
}
