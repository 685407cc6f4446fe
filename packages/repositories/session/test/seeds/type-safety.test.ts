import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accessKey, sessionId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { type SessionDatabase, sessionDatabase } from '../fixture/session-database.js';
import { alice, ofAlice, spec } from '../fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

it('ids and keys are types of the domain: plain text in their place does not compile, and a bad one is refused', async () => {
  // Given a session, and its id and key as texts
  const session = await test.repository.create(ofAlice, spec(alice));
  const [id, key] = [String(session.id), String(session.accessKey)];
  const plain = (): unknown[] => [
    // @ts-expect-error -- a text is no SessionId
    test.repository.getSessionById(ofAlice, id),
    // @ts-expect-error -- a text is no AccessKey
    test.repository.listByAccessKey(ofAlice, key),
    // @ts-expect-error -- nor is one the other
    test.repository.getSessionById(ofAlice, session.accessKey),
  ];

  // Then they are made of them, and do
  expect(plain).toBeInstanceOf(Function);
  expect(await test.repository.getSessionById(ofAlice, sessionId(id))).toEqual(session);
  expect(await test.repository.listByAccessKey(ofAlice, accessKey(key))).toEqual([session]);
  expect(() => sessionId('no id')).toThrow(InvalidInput);
  expect(() => accessKey('no key')).toThrow(InvalidInput);
});
