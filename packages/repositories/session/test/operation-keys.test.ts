import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { operationKey } from '@holdfast/base';
import { SessionStatus } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions, holdfast_operation CASCADE'));

describe('a session with an operation key', () => {
  it('is created once, whoever makes its id, and however often it is asked for', async () => {
    const create = () =>
      test.repository.create(ofAlice, spec(alice, { name: 'once' }), { operationKey: operationKey('create') });

    const first = await create();

    expect(await create()).toEqual(first);
    expect(await test.rows()).toHaveLength(1);
  });

  it('is moved once, and moved when that becomes legal where it was not', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice, { name: 'moved' }));
    const run = () =>
      test.repository.updateStatus(ofAlice, id, SessionStatus.RUNNING, { operationKey: operationKey('run') });

    await expect(run()).rejects.toThrow();
    for (const status of [SessionStatus.SCHEDULED, SessionStatus.PREPARING, SessionStatus.CREATING] as const) {
      await test.repository.updateStatus(ofAlice, id, status);
    }
    const running = await run();
    await test.repository.updateStatus(ofAlice, id, SessionStatus.TERMINATING);

    expect(running.status).toBe(SessionStatus.RUNNING);
    expect(await run()).toEqual(running);
    expect((await test.repository.get(ofAlice, id)).status).toBe(SessionStatus.TERMINATING);
  });
});
