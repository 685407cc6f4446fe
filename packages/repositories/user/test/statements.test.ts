import * as runner from '@jest/globals';
import type { Database } from '@holdfast/base';
import { Resilience } from '@holdfast/resilience';
import { SecretKeys } from '@holdfast/secrets';
import { unscoped } from '@holdfast/querier';
import { describeStatements, type StatementCall, type TestDatabase } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import {
  type KeypairInfo,
  KeypairRepositories,
  KeypairRepository,
  keypairUserScope,
  type UserInfo,
  UserRepositories,
  UserRepository,
} from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';
import { sealingKey } from './fixture/user-database.js';
import { blue, inBlue, password, PLAIN, spec } from './fixture/users.js';

const tables = { entities: userEntities, migrations: [...userMigrations, ClusterTables] };
/** No deadline: how long so many rows take on a busy machine is not what is counted. */
const resilience = new Resilience({ policies: [] });
const repository = (database: Database): UserRepository => UserRepositories.create({ database, resilience }).repository;

const specs = (rows: number) => Array.from({ length: rows }, () => spec(blue));

/** So many users; one of them. */
async function oneOf(users: UserRepository, rows: number): Promise<UserInfo> {
  return (await users.bulkCreate(inBlue, specs(rows)))[0]!;
}

/** Makes so many users, and calls something about one of them. */
const aboutOne =
  (call: (users: UserRepository, user: UserInfo) => Promise<unknown>): StatementCall<UserRepository> =>
  async ({ repository: users }, rows) => {
    const user = await oneOf(users, rows);
    return () => call(users, user);
  };

/** The same where a user has so many kernels, too. */
const withKernels =
  (call: (users: UserRepository, user: UserInfo) => Promise<unknown>): StatementCall<UserRepository> =>
  async ({ repository: users, test }, rows) => {
    const user = await oneOf(users, 1);
    await test.dataSource.query(
      `TRUNCATE kernels CASCADE; INSERT INTO kernels (user_uuid, scheduled_at, terminated_at)
       SELECT '${user.id}', t, t + interval '5 hours'
       FROM (SELECT now() - i * interval '4 minutes' AS t FROM generate_series(1, ${rows}) i) k;
       INSERT INTO resource_allocations SELECT id, slot, 1, 1 FROM kernels, unnest('{cpu,mem}'::text[]) slot`,
    );
    return () => call(users, user);
  };

describeStatements(runner, 'UserRepository', {
  tables,
  repository,
  statements: UserRepository.statements,
  calls: {
    getUserByEmail: aboutOne((users, { email }) => users.getUserByEmail(inBlue, email)),
    findUserByEmail: aboutOne((users, { email }) => users.findUserByEmail(inBlue, email)),
    getUserByUsername: aboutOne((users, { username }) => users.getUserByUsername(inBlue, username)),
    findUserByUsername: aboutOne((users, { username }) => users.findUserByUsername(inBlue, username)),
    verifyPassword: aboutOne((users, { email }) => users.verifyPassword(inBlue, { email }, PLAIN)),
    changePassword: aboutOne((users, { id }) => users.changePassword(inBlue, id, password)),
    updateStatus: aboutOne((users, { id }) => users.updateStatus(inBlue, id, 'inactive')),
    updateRole: aboutOne((users, { id }) => users.updateRole(inBlue, id, 'admin')),
    getMonthlyStatistics: withKernels((users, { id }) => users.getMonthlyStatistics(inBlue, id)),
    getMonthlyStatisticsOfAll: withKernels((users) => users.getMonthlyStatisticsOfAll(inBlue)),
  },
});

describeStatements(runner, 'UserRepository, of users who have passwords', {
  tables,
  repository,
  statements: UserRepository.standardStatements,
  calls: {
    create: async ({ repository: users }) => Promise.resolve(() => users.create(inBlue, spec(blue))),
    bulkCreate: async ({ repository: users }, rows) => {
      const given = specs(rows);
      return Promise.resolve(() => users.bulkCreate(inBlue, given));
    },
    bulkCreatePartial: async ({ repository: users }, rows) => {
      const given = specs(rows);
      return Promise.resolve(() => users.bulkCreatePartial(inBlue, given));
    },
    delete: async ({ repository: users }, rows) => {
      const { id } = await oneOf(users, rows);
      return () => users.delete(inBlue, id);
    },
    batchDelete: async ({ repository: users }, rows) => {
      await oneOf(users, rows);
      return () => users.batchDelete(inBlue, { domainName: { eq: blue } });
    },
  },
});

/** Makes a user who has so many key pairs, and calls something about one of them. */
const aboutKeypair =
  (call: (keypairs: KeypairRepository, keypair: KeypairInfo) => Promise<unknown>) =>
  async (world: { readonly repository: KeypairRepository; readonly test: TestDatabase }, rows: number) => {
    const user = await oneOf(repository(world.test.database), 1);
    const { keypair } = await world.repository.createKeypair(inBlue, user.id, { isDefault: true });
    await world.test.dataSource.query(
      `INSERT INTO keypairs (access_key, user_id, domain_name, user_role)
       SELECT 'OTHER' || i, user_id, domain_name, user_role FROM keypairs, generate_series(2, ${rows}) i`,
    );
    return () => call(world.repository, keypair);
  };

describeStatements(runner, 'KeypairRepository', {
  tables,
  repository: (database: Database): KeypairRepository =>
    KeypairRepositories.create({ database, resilience, secrets: new SecretKeys([sealingKey('one')]) }).repository,
  statements: KeypairRepository.statements,
  calls: {
    findDefaultKeypair: aboutKeypair((keys, { userId }) => keys.findDefaultKeypair(keypairUserScope(userId), userId)),
    findSigningKey: aboutKeypair((keys, { userId, accessKey }) =>
      keys.findSigningKey(keypairUserScope(userId), accessKey),
    ),
    createKeypair: aboutKeypair((keys, { userId }) => keys.createKeypair(inBlue, userId, { isDefault: true })),
    rotateKeypair: aboutKeypair((keys, { userId, accessKey }) =>
      keys.rotateKeypair(keypairUserScope(userId), accessKey),
    ),
    setDefaultKeypair: aboutKeypair((keys, { userId, accessKey }) =>
      keys.setDefaultKeypair(keypairUserScope(userId), accessKey),
    ),
    activateKeypair: aboutKeypair((keys, { userId, accessKey }) =>
      keys.activateKeypair(keypairUserScope(userId), accessKey),
    ),
    deactivateKeypair: aboutKeypair((keys, { userId, accessKey }) =>
      keys.deactivateKeypair(keypairUserScope(userId), accessKey),
    ),
    revokeKeypair: aboutKeypair((keys, { userId, accessKey }) =>
      keys.revokeKeypair(keypairUserScope(userId), accessKey),
    ),
    resealSecrets: async ({ test }, rows) => {
      await oneOf(repository(test.database), 1);
      const one = new SecretKeys([sealingKey('one')]);
      const sealed = Array.from({ length: rows }, (_, i) => one.seal('x'.repeat(40), `keypair/KEY${i + 1}`));
      await test.dataSource.query(
        `INSERT INTO keypairs (access_key, user_id, domain_name, user_role)
         SELECT 'KEY' || i, id, domain_name, role FROM users, generate_series(1, ${rows}) i`,
      );
      await test.dataSource.query(
        `INSERT INTO keypair_secrets SELECT 'KEY' || i, s FROM unnest($1::text[]) WITH ORDINALITY AS g(s, i)`,
        [sealed],
      );
      const secrets = new SecretKeys([sealingKey('two'), sealingKey('one')]);
      const rotated = KeypairRepositories.create({ database: test.database, secrets }).repository;
      return () => rotated.resealSecrets(unscoped('a rotation'), { batchSize: rows });
    },
    noteKeypairUse: aboutKeypair((keys, { userId, accessKey }) =>
      keys.noteKeypairUse(keypairUserScope(userId), accessKey),
    ),
  },
});
