import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { scalingGroupName } from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { SESSION_STATUSES } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const group = scalingGroupName('default');

describe('countActiveSessionsByScalingGroup', () => {
  it('counts what is scheduled and neither over nor failed', async () => {
    for (const status of SESSION_STATUSES) {
      const { id } = await test.repository.create(ofAlice, spec(alice));
      await test.dataSource.query('UPDATE sessions SET status = $1 WHERE id = $2', [status, id]);
    }

    expect(await test.repository.countActiveSessionsByScalingGroup(ofAlice, group)).toBe(5);
  });

  it('counts within the group and the scope', async () => {
    await test.repository.create(ofAlice, spec(alice));
    await test.repository.create(ofAlice, spec(alice, { scalingGroupName: scalingGroupName('other') }));
    await test.repository.create(ofBob, spec(bob));
    await test.dataSource.query(`UPDATE sessions SET status = 'RUNNING'`);

    expect(await test.repository.countActiveSessionsByScalingGroup(ofAlice, group)).toBe(1);
    expect(await test.repository.countActiveSessionsByScalingGroup(unscoped('capacity'), group)).toBe(2);
  });

  it('leaves deleted sessions out unless told otherwise', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    await test.repository.delete(ofAlice, id);
    // No operation leads there: what is live is not deleted, and what is deleted does not move.
    await test.dataSource.query(`UPDATE sessions SET status = 'RUNNING'`);

    expect(await test.repository.countActiveSessionsByScalingGroup(ofAlice, group)).toBe(0);
    expect(await test.repository.countActiveSessionsByScalingGroup(ofAlice, group, { includeDeleted: true })).toBe(1);
  });
});
