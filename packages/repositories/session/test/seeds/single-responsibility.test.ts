import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SessionRepositories, SessionStatus } from '../../src/index.js';
import { alice, ofAlice, spec } from '../fixture/sessions.js';
import { type CountedDatabase, countedDatabase } from './counted-database.js';

let test: CountedDatabase;
beforeAll(async () => void (test = await countedDatabase()));
afterAll(() => test.close());

it('the repository of sessions asks for sessions, and touches the tables of no other entity', async () => {
  const { repository } = SessionRepositories.create({ database: test.database });

  const { statements } = await test.wire.during(async () => {
    const { id } = await repository.create(ofAlice, spec(alice));
    await repository.getSessionById(ofAlice, id);
    await repository.updateStatus(ofAlice, id, SessionStatus.SCHEDULED);
  });

  const tables = statements.flatMap((sql) =>
    [...sql.matchAll(/(?:FROM|INTO|UPDATE|JOIN) "(\w+)"/g)].map(([, name]) => name),
  );
  expect(tables).toHaveLength(3);
  expect(new Set(tables)).toEqual(new Set(['sessions']));
});
