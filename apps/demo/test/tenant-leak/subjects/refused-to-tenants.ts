import { attempt, type Drive } from '../attempt.js';
import type { Tenant } from '../tenant.js';

/** An operation on what is everybody's: no scope of a tenant will do. */
export function refusedToTenants(scopes: (tenant: Tenant) => readonly unknown[]): Drive {
  return ({ mine }) => scopes(mine).map((scope) => ({ ...attempt(scope), refusedFor: 'Misuse' }));
}
