import { newId } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import { SecretKeys } from '@holdfast/secrets';
import type { DataSource } from 'typeorm';
import type { Tenant } from '../tenant.js';

/** No secret, for this test only. */
export const secrets = new SecretKeys([{ id: 'test', key: Buffer.alloc(32, 7).toString('base64') }]);

/** The access key number `n` of a tenant. */
export const keyOf = (tenant: Tenant, n: number): AccessKey => `KEY${tenant.token}${n}` as AccessKey;

/** Key pairs of the users 1 and 2, and 3, which is revoked, of the user 1. */
export async function settleKeypairs(dataSource: DataSource, tenant: Tenant): Promise<void> {
  for (const n of [1, 2, 3]) {
    const key = keyOf(tenant, n);
    await dataSource.query(
      `INSERT INTO keypairs (access_key, user_id, domain_name, user_role, is_active, is_default, resource_policy,
                             predecessor, revoked_at)
       SELECT $1, id, domain_name, role, $3, $3, $4, $5, CASE WHEN $3 THEN NULL ELSE now() END FROM users WHERE id = $2`,
      [key, tenant.uuid(n === 3 ? 1 : n), n !== 3, tenant.canary, `${tenant.canary}${n}`],
    );
    const sealed = secrets.seal(tenant.canary.padEnd(40, '0'), `keypair/${key}`);
    await dataSource.query('INSERT INTO keypair_secrets (access_key, sealed) VALUES ($1, $2)', [key, sealed]);
  }
}

/** A session of one kernel for each of a tenant's users, in the last month before `end`. */
export async function settleKernels(dataSource: DataSource, tenant: Tenant, end: Date): Promise<void> {
  for (const n of [1, 2, 3]) {
    const session = newId();
    const begun = new Date(end.getTime() - n * 3_600_000);
    const slots = JSON.stringify({ [tenant.canary]: '1' });
    const owner = [tenant.key('domain'), tenant.uuid(9_001), tenant.uuid(n)];
    await dataSource.query(
      `INSERT INTO sessions (id, creation_id, name, session_type, access_key, scaling_group_name, images, requested_slots,
                             domain_name, group_id, user_uuid)
       VALUES ($1, $2, $2, 'batch', $2, $2, ARRAY[$2], $3, $4, $5, $6)`,
      [session, tenant.canary, slots, ...owner],
    );
    const kernel = newId();
    await dataSource.query(
      `INSERT INTO kernels (id, session_id, image, status, requested_slots, created_at, scheduled_at, access_key,
                            domain_name, group_id, user_uuid)
       VALUES ($1, $2, $3, 'RUNNING', $4, $5, $5, $3, $6, $7, $8)`,
      [kernel, session, tenant.canary, slots, begun, ...owner],
    );
    await dataSource.query(
      `INSERT INTO resource_allocations (kernel_id, slot_name, requested, access_key, domain_name, group_id, user_uuid)
       VALUES ($1, $2, 1, $2, $3, $4, $5)`,
      [kernel, tenant.canary, ...owner],
    );
  }
}
