import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { userId } from '@holdfast/domain-types';
import { domainScope, SessionNotFound, TooManySessionsMatched, userScope } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const [carol, dave, erin] = ['c', 'd', 'e'].map((letter) => ({
  ...alice,
  userUuid: userId(`00000000-0000-4000-8000-00000000${letter}002`),
})) as [typeof alice, typeof alice, typeof alice];
const inNorth = domainScope(alice.domainName);

describe('resolveSessionId', () => {
  it('finds a live session by its name, and any by its id, however that is written', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice, { name: 'training' }));

    expect(await test.repository.resolveSessionId(ofAlice, 'training')).toBe(id);
    expect(await test.repository.resolveSessionId(ofAlice, id)).toBe(id);
    expect(await test.repository.resolveSessionId(ofAlice, id.toUpperCase())).toBe(id);
    await test.repository.updateStatus(ofAlice, id, 'CANCELLED');
    expect(await test.repository.resolveSessionId(ofAlice, id)).toBe(id);
    await expect(test.repository.resolveSessionId(ofAlice, 'training')).rejects.toBeInstanceOf(SessionNotFound);
  });

  it('passes over namesakes that are over or deleted', async () => {
    const first = await test.repository.create(ofAlice, spec(alice, { name: 'again' }));
    await test.repository.updateStatus(ofAlice, first.id, 'CANCELLED');
    const second = await test.repository.create(ofAlice, spec(alice, { name: 'again' }));
    await test.repository.delete(ofAlice, second.id);
    const third = await test.repository.create(ofAlice, spec(alice, { name: 'again' }));

    expect(await test.repository.resolveSessionId(ofAlice, 'again')).toBe(third.id);
  });

  it('holds an id against the sessions of the scope', async () => {
    const foreign = await test.repository.create(ofBob, spec(bob, { name: 'theirs' }));
    const deleted = await test.repository.create(ofAlice, spec(alice));
    await test.repository.delete(ofAlice, deleted.id);

    for (const reference of [foreign.id, deleted.id, nobody, 'theirs', 'nobody', '', 'no name at all!']) {
      await expect(test.repository.resolveSessionId(ofAlice, reference)).rejects.toEqual(
        new SessionNotFound(reference as typeof nobody),
      );
    }
  });

  it('says that several are meant where users of the scope have live sessions of one name', async () => {
    const { id } = await test.repository.create(inNorth, spec(alice, { name: 'same' }));
    await test.repository.create(inNorth, spec(carol, { name: 'same' }));

    const failure: unknown = await test.repository.resolveSessionId(inNorth, 'same').catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(TooManySessionsMatched);
    expect(failure).toMatchObject({ code: 'session_read_conflict', httpStatus: 409 });
    expect(await test.repository.resolveSessionId(ofAlice, 'same')).toBe(id);
  });

  it('takes the session of an id before those that are called so', async () => {
    const meant = await test.repository.create(inNorth, spec(alice));
    await test.repository.create(inNorth, spec(alice, { name: meant.id }));
    await test.repository.create(inNorth, spec(carol, { name: meant.id }));

    await test.repository.create(inNorth, spec(dave, { name: meant.id }));
    await test.repository.create(inNorth, spec(erin, { name: meant.id }));

    expect(await test.repository.resolveSessionId(inNorth, meant.id)).toBe(meant.id);
    await test.repository.purge(inNorth, meant.id);
    await expect(test.repository.resolveSessionId(inNorth, meant.id)).rejects.toBeInstanceOf(TooManySessionsMatched);
    expect(await test.repository.resolveSessionId(userScope(carol.userUuid), meant.id)).not.toBe(meant.id);
  });
});

describe('matchSessions', () => {
  it('finds live sessions by how their names or their ids begin', async () => {
    const id = '0190aaaa-0000-7000-8000-00000000000a' as typeof nobody;
    await test.repository.bulkCreate(ofAlice, [
      spec(alice, { name: 'train-2' }),
      spec(alice, { name: 'train-1', id }),
      spec(alice, { name: 'other' }),
      spec(alice, { name: '0190aaab' }),
    ]);
    await test.repository.create(ofBob, spec(bob, { name: 'train-3' }));
    const names = async (prefix: string, limit?: number): Promise<string[]> =>
      (await test.repository.matchSessions(ofAlice, prefix, limit)).map(({ name }) => name);

    expect(await names('train')).toEqual(['train-1', 'train-2']);
    expect(await names('train', 1)).toEqual(['train-1']);
    expect(await names('0190aaa')).toEqual(['0190aaab', 'train-1']);
    expect(await names('0190AAAA-0')).toEqual(['train-1']);
    expect(await names(id)).toEqual(['train-1']);
    expect(await names(`${id}0`)).toEqual([]);
    expect(await names('train%')).toEqual([]);
    await test.repository.updateStatus(ofAlice, id, 'CANCELLED');
    expect(await names('train')).toEqual(['train-2']);
    await expect(test.repository.matchSessions(ofAlice, '')).rejects.toMatchObject({ pointer: '/prefix' });
  });
});
