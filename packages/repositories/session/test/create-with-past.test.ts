import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SessionPast, SessionResult, SessionStatus } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

const past: SessionPast = {
  status: SessionStatus.TERMINATED,
  statusChangedAt: new Date('2025-03-02T00:00:00Z'),
  statusInfo: 'user-requested',
  result: SessionResult.SUCCESS,
  createdAt: new Date('2025-03-01T00:00:00Z'),
  terminatedAt: new Date('2025-03-02T00:00:00Z'),
};

describe('creating a session that has a past', () => {
  it('takes over what became of it', async () => {
    expect(await test.repository.create(ofAlice, spec(alice, { past }))).toMatchObject(past);
    expect(await test.repository.bulkCreate(ofAlice, [spec(alice, { past })])).toMatchObject([past]);
  });

  it('dates its status from its creation, and its end from its status, and takes nothing else for granted, unless told so', async () => {
    const { status, createdAt } = past;
    expect(await test.repository.create(ofAlice, spec(alice, { past: { status, createdAt } }))).toMatchObject({
      status,
      createdAt,
      statusChangedAt: createdAt,
      statusInfo: null,
      result: null,
      terminatedAt: createdAt,
    });
  });

  it('takes sessions that have none along in one bulk', async () => {
    const created = await test.repository.bulkCreate(ofAlice, [spec(alice, { past }), spec(alice)]);

    expect(created.map(({ status }) => status)).toEqual([past.status, 'PENDING']);
  });
});
