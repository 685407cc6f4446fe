import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sessionId } from '@holdfast/domain-types';
import { InvalidInput, Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { accessKeyScope, domainScope, projectScope, SessionNotFound } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

// They differ in the name that they are reported under.
describe.each(['get', 'getSessionById', 'getSessionInfo'] as const)('%s', (operation) => {
  it('returns the session', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));

    expect(await test.repository[operation](ofAlice, session.id)).toEqual(session);
  });

  it.each([
    ['domain', domainScope(alice.domainName), domainScope(bob.domainName)],
    ['project', projectScope(alice.groupId), projectScope(bob.groupId)],
    ['access key', accessKeyScope(alice.accessKey), accessKeyScope(bob.accessKey)],
    ['user', ofAlice, ofBob],
  ])('sees the sessions of a %s and no others', async (_name, mine, foreign) => {
    const session = await test.repository.create(ofAlice, spec(alice));

    expect(await test.repository[operation](mine, session.id)).toEqual(session);
    await expect(test.repository[operation](foreign, session.id)).rejects.toBeInstanceOf(SessionNotFound);
  });

  it('sees the union of several scopes, and everything where no scope is meant', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));

    expect(await test.repository[operation]([ofBob, ofAlice], session.id)).toEqual(session);
    expect(await test.repository[operation](unscoped('support'), session.id)).toEqual(session);
  });

  it('answers for a foreign session word for word as for one that does not exist', async () => {
    const { id } = await test.repository.create(ofBob, spec(bob));
    const answer = async (asked: typeof id): Promise<unknown> =>
      test.repository[operation](ofAlice, asked).catch((error: SessionNotFound) => error.toProblem());

    expect(JSON.stringify(await answer(id))).toBe(JSON.stringify(await answer(nobody)).replace(nobody, id));
    expect(await answer(nobody)).toMatchObject({ status: 404, code: 'session_read_not-found' });
  });

  it('sees a deleted session only if told to', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    const deleted = await test.repository.delete(ofAlice, id);

    await expect(test.repository[operation](ofAlice, id)).rejects.toBeInstanceOf(SessionNotFound);
    expect(await test.repository[operation](ofAlice, id, { includeDeleted: true })).toEqual(deleted);
  });

  it('refuses what is no scope, got around the compiler', async () => {
    for (const scope of [undefined, null, {}, [], [undefined]]) {
      await expect(test.repository[operation](scope as never, nobody)).rejects.toBeInstanceOf(Misuse);
    }
  });

  it('refuses what is no id, got around the compiler', async () => {
    await expect(test.repository[operation](ofAlice, 'x' as never)).rejects.toBeInstanceOf(InvalidInput);
  });

  it('finds an id however it is written', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));

    expect(await test.repository[operation](ofAlice, sessionId(session.id.toUpperCase()))).toEqual(session);
  });

  it('ends with its signal', async () => {
    const signal = AbortSignal.abort(new Error('no longer wanted'));

    await expect(test.repository[operation](ofAlice, nobody, { signal })).rejects.toThrow('no longer wanted');
  });
});
