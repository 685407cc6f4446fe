import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousCommitError, type DbWriteSession, newId, type WriteOptions } from '@holdfast/base';
import { searchScope } from '@holdfast/querier';
import type { FaultKind, FaultProxy, FaultTrigger, TestDatabase } from '@holdfast/testing';
import { withClient } from '../../src/with-client.js';
import type { NoteRow } from '../notes/note-row.js';
import { type NotesBehindProxy, notesBehindProxy } from '../notes/notes-behind-proxy.js';
import type { NoteRepository } from '../notes/notes-under-test.js';

const team = searchScope<NoteRow>({ name: 'team', equals: { team: 'red' } });

let behind: NotesBehindProxy;
let proxy: FaultProxy;
let made: TestDatabase;
let repository: NoteRepository;

beforeAll(async () => {
  behind = await notesBehindProxy(1);
  ({ proxy, made, notes: repository } = behind);
});
afterAll(() => behind.close());

const create = (title: string, options?: WriteOptions): Promise<unknown> =>
  made.database.beginSession(
    (dbSession: DbWriteSession) => repository.within(dbSession).create(team, { title }),
    options,
  );

async function stored(title: string): Promise<number> {
  return withClient(made.url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM "notes" WHERE title = $1',
      [title],
    );
    return rows[0]!.count;
  });
}

/** Who has ended whatever the server was still busy with knows how it ended. */
async function settled(): Promise<void> {
  const others = `datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL`;
  await withClient(made.url, async (client) => {
    while ((await client.query(`SELECT FROM pg_stat_activity WHERE ${others}`)).rowCount !== 0);
  });
}

describe('A Database behind the fault proxy', () => {
  it.each<[FaultKind, number]>([
    ['cutAfter', 1],
    ['resetAfter', 1],
    ['cutBefore', 0],
    ['resetBefore', 0],
  ])('does not know what became of a COMMIT after %s, if it may not ask: there are %i rows', async (fault, count) => {
    const title = newId();
    await create(newId());
    const landing = proxy.next({ fault, at: 'commit' });

    await expect(create(title, { commit: 'one-trip' })).rejects.toThrow(AmbiguousCommitError);

    expect((await landing).sql).toBe('COMMIT');
    await settled();
    expect(await stored(title)).toBe(count);
  });

  it.each<[FaultKind, string]>([
    ['cutAfter', 'changed'],
    ['cutBefore', 'as it was'],
  ])('does not know what became of a write of one trip after %s: it is %s', async (fault, color) => {
    const { id } = await repository.create(team, { title: newId(), color: 'as it was' });
    const landing = proxy.next({ fault, at: 'sync' });

    const write = repository.update(team, id, { color: 'changed' }, { commit: 'one-trip' });

    await expect(write).rejects.toThrow(AmbiguousCommitError);
    expect((await landing).sql).toMatch(/UPDATE/);
    await settled();
    expect((await repository.get(team, id)).color).toBe(color);
  });

  it.each<[FaultKind, FaultTrigger]>([
    ['cutAfter', 'commit'],
    ['resetAfter', 'commit'],
    ['cutBefore', 'commit'],
    ['clientCutServerHold', 'commit'],
  ])('stores what it was given once after %s, if it may ask', async (fault, at) => {
    const title = newId();
    const landing = proxy.next({ fault, at });

    await create(title);

    await landing;
    expect(await stored(title)).toBe(1);
    await proxy.releaseHeld();
  });
});
