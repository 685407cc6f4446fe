import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AmbiguousCommitError, type DbWriteSession, newId } from '@holdfast/base';
import { type CacheSource, invalidating, MemoryCache, readThrough, valueCodec } from '@holdfast/cache';
import { searchScope } from '@holdfast/querier';
import { FakeClock, type FaultProxy, type TestDatabase } from '@holdfast/testing';
import type { NoteRow } from '../notes/note-row.js';
import { type NotesBehindProxy, notesBehindProxy } from '../notes/notes-behind-proxy.js';
import type { Note, NoteRepository } from '../notes/notes-under-test.js';

const team = searchScope<NoteRow>({ name: 'team', equals: { team: 'red' } });

let behind: NotesBehindProxy;
let proxy: FaultProxy;
let made: TestDatabase;
let clock: FakeClock;
let cache: CacheSource<string, Note>;
let notes: NoteRepository;
let id: string;

beforeAll(async () => {
  behind = await notesBehindProxy(3);
  ({ proxy, made, notes } = behind);
});
afterAll(() => behind.close());
beforeEach(async () => {
  clock = new FakeClock();
  cache = new MemoryCache({ clock }).source({
    layer: 'note_cache_source',
    entity: 'note',
    keyOf: (key: string) => ({ tenant: 'red', id: key }),
    lifetimes: { ttlMs: 3_600_000, suspensionMs: 1_000 },
    codec: valueCodec<Note>({ version: 1 }),
  });
  ({ id } = await notes.create(team, { title: newId(), color: 'before' }));
  await color();
});

const color = async (repository = notes): Promise<string | null | undefined> =>
  (await readThrough(cache, id, () => repository.find(team, id)))?.color;
const update = (repository: NoteRepository, to: string): Promise<Note> =>
  invalidating(cache, [id], () => repository.update(team, id, { color: to }));

describe('a cached row that a dbSession changes', () => {
  it('is read anew within it, by others as it was, and by all as it is once it is committed', async () => {
    await made.database.beginSession(async (dbSession) => {
      await update(notes.within(dbSession), 'after');
      expect(await color(notes.within(dbSession))).toBe('after');
      expect((await cache.get(id)).kind).toBe('miss');
    });
    expect((await cache.get(id)).kind).toBe('miss');
    expect([await color(), await color()]).toEqual(['after', 'after']);
    expect((await cache.get(id)).kind).toBe('hit');
  });

  it('is not stored by who reads it meanwhile, however slowly', async () => {
    const reading = { started: deferred(), goOn: deferred() };
    await cache.invalidate([id]);
    const slow = readThrough(cache, id, async () => {
      const note = await notes.find(team, id);
      reading.started.resolve();
      await reading.goOn.promise;
      return note;
    });
    await reading.started.promise;
    await made.database.beginSession((dbSession) => update(notes.within(dbSession), 'after'));
    reading.goOn.resolve();

    expect((await slow)?.color).toBe('before');
    expect(await color()).toBe('after');
  });

  it('is what it was when that is rolled back, and stored again at once', async () => {
    const failure = new Error('of the caller');
    const work = async (dbSession: DbWriteSession): Promise<never> => {
      await update(notes.within(dbSession), 'after');
      throw failure;
    };
    await expect(made.database.beginSession(work)).rejects.toBe(failure);
    expect([await color(), (await cache.get(id)).kind]).toEqual(['before', 'hit']);
  });

  it.each(['cutAfter', 'cutBefore'] as const)(
    'is not served as it was when %s leaves its commit unknown',
    async (fault) => {
      const landing = proxy.next({ fault, at: 'commit' });
      const writing = made.database.beginSession((dbSession) => update(notes.within(dbSession), 'after'), {
        commit: 'one-trip',
      });
      await expect(writing).rejects.toThrow(AmbiguousCommitError);
      await landing;
      expect(await cache.get(id)).toEqual({ kind: 'miss', lease: null });
      await clock.advance(1_000);

      expect(await color()).toBe(fault === 'cutAfter' ? 'after' : 'before');
    },
  );

  it('is suspended as long when the commit of one statement is unknown', async () => {
    const landing = proxy.next({ fault: 'cutAfter', at: 'sync' });
    const writing = invalidating(cache, [id], () => notes.update(team, id, { color: 'after' }, { commit: 'one-trip' }));
    await expect(writing).rejects.toThrow();
    await landing;

    expect(await cache.get(id)).toEqual({ kind: 'miss', lease: null });
    await clock.advance(1_000);
    expect(await color()).toBe('after');
  });
});

function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
