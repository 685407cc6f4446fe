import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { OutsideScope, unscoped } from '@holdfast/querier';
import {
  ClusterMode,
  domainScope,
  projectScope,
  SessionAlreadyExists,
  SessionStatus,
  SessionType,
} from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('create', () => {
  it('returns the pending session as data, with the defaults', async () => {
    const before = Date.now();

    const session = await test.repository.create(ofAlice, spec(alice, { name: 'test-session' }));

    expect(session).toMatchObject({
      ...alice,
      creationId: session.id,
      name: 'test-session',
      type: 'interactive',
      status: SessionStatus.PENDING,
      statusInfo: null,
      priority: 10,
      clusterMode: ClusterMode.SINGLE_NODE,
      clusterSize: 1,
      images: ['python:3.11'],
      tag: null,
      requestedSlots: { cpu: '4', mem: '1073741824' },
      gpuCount: 0,
      environ: null,
      result: null,
      startsAt: null,
      terminatedAt: null,
      deletedAt: null,
    });
    expect(session.createdAt.getTime()).toBeGreaterThan(before - 60_000);
    expect(session.statusChangedAt).toEqual(session.createdAt);
    expect(await test.repository.get(ofAlice, session.id)).toEqual(session);
  });

  it('keeps every value that it is given', async () => {
    const startsAt = new Date('2030-01-02T03:04:05.678Z');
    const values = {
      creationId: 'request-1',
      type: SessionType.BATCH,
      priority: -3,
      clusterMode: ClusterMode.MULTI_NODE,
      clusterSize: 2,
      tag: 'training "ß"',
      environ: { PATH: '/a:/b', EMPTY: '' },
      startsAt,
    };

    const session = await test.repository.create(ofAlice, spec(alice, { ...values, additionalImages: ['r:4', 'a,b'] }));

    expect(session).toMatchObject({ ...values, images: ['python:3.11', 'r:4', 'a,b'] });
  });

  it('freezes what it returns, all the way down', async () => {
    const session = await test.repository.create(ofAlice, spec(alice, { environ: { A: '1' } }));

    const parts = [session, session.images, session.requestedSlots, session.environ];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  it.each([
    [{}, 0],
    [{ 'cuda.device': 2 }, 2],
    [{ 'cuda.shares': '0.46' }, 1],
    [{ 'cuda.device': 1, 'cuda.shares': '1.2' }, 3],
    [{ 'cuda.device': '9999999999999999' }, 2147483647],
  ])('counts the GPUs of %j as %d', async (slots, gpuCount) => {
    const session = await test.repository.create(ofAlice, spec(alice, { requestedSlots: resourceSlot(slots) }));

    expect(session.gpuCount).toBe(gpuCount);
  });

  it('takes from the scope what the spec leaves out', async () => {
    const { userUuid, ...rest } = spec(alice);

    const session = await test.repository.create(ofAlice, rest);

    expect(session.userUuid).toBe(userUuid);
  });

  it('refuses to create in another tenant than the scope says, whichever way the scope says it', async () => {
    for (const scope of [ofAlice, domainScope(alice.domainName), projectScope(alice.groupId)]) {
      await expect(test.repository.create(scope, spec(bob))).rejects.toBeInstanceOf(OutsideScope);
    }
    expect(await test.rows()).toEqual([]);
  });

  it('says what is missing if neither scope nor spec say to whom the session belongs', async () => {
    const { domainName: _, ...rest } = spec(alice);

    const failure = test.repository.create(ofAlice, rest);

    await expect(failure).rejects.toMatchObject({ reason: 'MISSING_VALUE', httpStatus: 400 });
  });

  it('refuses a name that a live session of the user has, and says nothing of the database', async () => {
    await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));

    const failure: unknown = await test.repository
      .create(ofAlice, spec(alice, { name: 'mine' }))
      .catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(SessionAlreadyExists);
    expect((failure as SessionAlreadyExists).toProblem()).toMatchObject({
      status: 409,
      code: 'session_create_already-exists',
    });
    expect(JSON.stringify((failure as SessionAlreadyExists).toProblem())).not.toMatch(/mine|sessions_|Key/);
  });

  it('lets another user have the same name', async () => {
    await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));

    await expect(test.repository.create(ofBob, spec(bob, { name: 'mine' }))).resolves.toMatchObject({ name: 'mine' });
  });

  it.each([SessionStatus.TERMINATED, SessionStatus.CANCELLED])(
    'lets a name go once its session is %s',
    async (status) => {
      const { id } = await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));
      await test.dataSource.query('UPDATE sessions SET status = $1 WHERE id = $2', [status, id]);

      await expect(test.repository.create(ofAlice, spec(alice, { name: 'mine' }))).resolves.toBeDefined();
    },
  );

  it('keeps a name taken while its session is in error', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));
    await test.repository.updateStatus(ofAlice, id, SessionStatus.ERROR);

    await expect(test.repository.create(ofAlice, spec(alice, { name: 'mine' }))).rejects.toBeInstanceOf(
      SessionAlreadyExists,
    );
  });

  it('refuses an id that is taken, be it by a session that cannot be seen', async () => {
    const { id } = await test.repository.create(ofBob, spec(bob));

    await expect(test.repository.create(ofAlice, spec(alice, { id }))).rejects.toBeInstanceOf(SessionAlreadyExists);
  });

  it.each(['', '-a', 'a.', 'a b', 'ä', 'x'.repeat(65)])('refuses the name %j before anything is sent', async (name) => {
    const failure = test.repository.create(ofAlice, spec(alice, { name }));

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/name' });
  });

  it.each([
    [{ clusterSize: 0 }, '/clusterSize'],
    [{ priority: 1.5 }, '/priority'],
    [{ startsAt: new Date(NaN) }, '/startsAt'],
    [{ tag: 'a\0b' }, '/tag'],
  ])('refuses %j and says which part', async (values, pointer) => {
    const failure: unknown = await test.repository.create(ofAlice, spec(alice, values)).catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(InvalidInput);
    expect(failure).toMatchObject({ pointer });
  });

  it('creates for anybody where no scope is meant', async () => {
    const session = await test.repository.create(unscoped('an import'), spec(bob));

    expect(session).toMatchObject(bob);
  });
});
