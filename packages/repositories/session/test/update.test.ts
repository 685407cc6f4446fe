import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OptionalState, TriState } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { SessionAlreadyExists, type SessionInfo } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('update', () => {
  let session: SessionInfo;
  beforeEach(async () => void (session = await test.repository.create(ofAlice, spec(alice, { tag: 'old' }))));

  it('changes what is given and leaves what is absent', async () => {
    const updated = await test.repository.update(ofAlice, session.id, { priority: 99, tag: null });

    expect(updated).toEqual({ ...session, priority: 99, tag: null, modifiedAt: updated.modifiedAt });
    expect(updated.modifiedAt.getTime()).toBeGreaterThanOrEqual(session.modifiedAt.getTime());
    expect(await test.repository.get(ofAlice, session.id)).toEqual(updated);
  });

  it('takes states as well as plain values', async () => {
    const updated = await test.repository.update(ofAlice, session.id, {
      name: OptionalState.update('renamed'),
      priority: OptionalState.nop(),
      tag: TriState.nullify(),
      environ: TriState.update({ A: '1' }),
      statusInfo: TriState.nop(),
    });

    expect(updated).toMatchObject({ name: 'renamed', priority: 10, tag: null, environ: { A: '1' }, statusInfo: null });
  });

  it('recounts the GPUs when the requested slots change', async () => {
    const change = { requestedSlots: resourceSlot({ 'cuda.device': 8 }) };

    expect(await test.repository.update(ofAlice, session.id, change)).toMatchObject({ gpuCount: 8 });
  });

  it('refuses a name that another live session of the user has', async () => {
    await test.repository.create(ofAlice, spec(alice, { name: 'taken' }));

    const failure = test.repository.update(ofAlice, session.id, { name: 'taken' });

    await expect(failure).rejects.toBeInstanceOf(SessionAlreadyExists);
  });

  it.each([{ name: '-' }, { name: OptionalState.update('') }])('refuses a name that is none: %j', async (change) => {
    await expect(test.repository.update(ofAlice, session.id, change)).rejects.toMatchObject({ pointer: '/name' });
  });

  it.each([{ status: 'RUNNING' }, { userUuid: bob.userUuid }, { domainName: 'south' }, { gpuCount: 1 }, { colour: 1 }])(
    'refuses to change %j this way, got around the compiler',
    async (change) => {
      const failure = test.repository.update(unscoped('an administrator'), session.id, change as never);

      await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${Object.keys(change)[0]}` });
    },
  );
});
