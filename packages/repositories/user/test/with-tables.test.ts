import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase, withTables } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import { UserRepositories } from '../src/index.js';
import { blue, inBlue, spec } from './fixture/users.js';

let test: TestDatabase;
beforeAll(async () => void (test = await createTestDatabase({ entities: userEntities, migrations: [] })));
afterAll(() => test.close());

describe('the tables of users', () => {
  it('can be made by TypeORM for a test, without the indexes that it cannot say', async () => {
    await withTables(test.dataSource, userEntities, async () => {
      const { repository } = UserRepositories.create({ database: test.database });
      const user = await repository.create(inBlue, spec(blue));

      expect(await repository.get(inBlue, user.id)).toEqual(user);
    });
  });
});
