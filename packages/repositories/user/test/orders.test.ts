import * as runner from '@jest/globals';
import { userId } from '@holdfast/domain-types';
import { describeOrders, type TestDatabase } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import {
  keypairDomainScope,
  keypairFields,
  KeypairOrders,
  keypairUserScope,
  userFields,
  UserOrders,
} from '../src/index.js';
import { keypairs } from '../src/keypair/keypair-operations.js';
import { userMigrations } from '../src/migrations/index.js';
import { users } from '../src/user-operations.js';
import { blue, inBlue } from './fixture/users.js';

const tables = { entities: userEntities, migrations: userMigrations };
const id = (n: string): string => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;

// Those of the other domain come first by id: who looks for its own that way finds all of them.
const fillUsers = ({ dataSource }: TestDatabase): Promise<unknown> =>
  dataSource.query(`
    INSERT INTO users (id, username, email, full_name, live_status, domain_name, created_at, modified_at)
    SELECT ${id('n')}, 'user' || n * 7919 % 20011, 'u' || n * 6007 % 20011 || '@example.com',
           CASE WHEN n % 3 > 0 THEN 'Name ' || n * 3001 % 20011 END, CASE WHEN n % 5 = 0 THEN 'inactive' ELSE 'active' END,
           CASE WHEN n > 10000 THEN 'blue' ELSE 'red' END,
           now() - n * 7919 % 20011 * interval '1 minute', now() - n * 104729 % 20011 * interval '1 minute'
    FROM generate_series(1, 20000) n`);

/** As many key pairs of the last user. */
const fillKeypairs = async (test: TestDatabase): Promise<void> => {
  await fillUsers(test);
  await test.dataSource.query(`
    INSERT INTO keypairs (access_key, user_id, domain_name, user_role, created_at)
    SELECT 'KEY' || lpad(n::text, 5, '0'), u.id, u.domain_name, u.role, now() - n * 7919 % 20011 * interval '1 minute'
    FROM generate_series(1, 20000) n JOIN users u ON u.id = CASE WHEN n > 10000 THEN ${id('20000')} ELSE ${id('n')} END`);
};

describeOrders(runner, 'users of a domain', {
  tables,
  fill: fillUsers,
  search: (querier) => users.search(inBlue, querier),
  orders: UserOrders,
  fields: userFields,
});

describeOrders(runner, 'key pairs of a domain', {
  tables,
  fill: fillKeypairs,
  search: (querier) => keypairs.search(keypairDomainScope(blue), querier),
  orders: KeypairOrders,
  fields: keypairFields,
});

describeOrders(runner, 'key pairs of a user', {
  tables,
  fill: fillKeypairs,
  search: (querier) => keypairs.search(keypairUserScope(userId('00000000-0000-4000-8000-000000020000')), querier),
  orders: KeypairOrders,
  fields: keypairFields,
});
