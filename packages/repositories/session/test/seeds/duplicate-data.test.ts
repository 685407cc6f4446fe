import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CheckViolation, UniqueViolation } from '@holdfast/base';
import { SessionAlreadyExists } from '../../src/index.js';
import { type SessionDatabase, sessionDatabase } from '../fixture/session-database.js';
import { alice, ofAlice, spec } from '../fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

it('a duplicate is an error of the domain that knows its cause, and every other violation stays what it is', async () => {
  // Given a session, and a rule that this package knows nothing of
  await test.repository.create(ofAlice, spec(alice, { name: 'taken' }));
  await test.dataSource.query(`ALTER TABLE sessions ADD CONSTRAINT polite CHECK (name <> 'damn')`);

  // When another one of the same name is created, and one that breaks the rule
  const duplicate: unknown = await test.repository
    .create(ofAlice, spec(alice, { name: 'taken' }))
    .catch((error: unknown) => error);
  const rude: unknown = await test.repository
    .create(ofAlice, spec(alice, { name: 'damn' }))
    .catch((error: unknown) => error);

  // Then the first is told apart, and neither is stored
  expect(duplicate).toBeInstanceOf(SessionAlreadyExists);
  expect((duplicate as SessionAlreadyExists).cause).toBeInstanceOf(UniqueViolation);
  expect(rude).toBeInstanceOf(CheckViolation);
  expect(await test.rows()).toMatchObject([{ name: 'taken' }]);
});
