import { randomBytes } from 'node:crypto';
import { Database, guardedPool } from '@holdfast/base';
import { domainName } from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { SecretKeys } from '@holdfast/secrets';
import {
  domainScope,
  hashPassword,
  KeypairRepositories,
  keypairUserScope,
  UserRepositories,
} from '@holdfast/user-repository';
import { userEntities } from '@holdfast/user-repository/entities';
import { userMigrations } from '@holdfast/user-repository/migrations';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...userEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(userMigrations);
// The key is the application's to keep: what it seals can be read with nothing else.
const secrets = new SecretKeys([{ id: '2026-11', key: randomBytes(32).toString('base64') }]);
const { repository: users } = UserRepositories.create({ database });
const { repository: keypairs } = KeypairRepositories.create({ database, secrets });

const north = domainScope(domainName('north'));
const password = await hashPassword('correct horse battery staple');
const ada = await users.create(north, { username: 'Ada', email: 'Ada@example.com', role: 'admin', password });

const email = 'ADA@example.com';
console.log((await users.verifyPassword(north, { email }, 'correct horse battery staple'))?.username);
console.log(await users.verifyPassword(north, { email }, 'a guess'));

const first = await keypairs.createKeypair(north, ada.id, { isDefault: true });
const second = await keypairs.rotateKeypair(keypairUserScope(ada.id), first.keypair.accessKey);
const asked = unscoped('a request is authenticated');
console.log(await keypairs.findSigningKey(asked, first.keypair.accessKey));
const found = await keypairs.findSigningKey(asked, second.keypair.accessKey);
console.log(found?.keypair.isAdmin, found?.secretKey.reveal() === second.secretKey.reveal(), String(second.secretKey));

await database.close();
await dataSource.destroy();
