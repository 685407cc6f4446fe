import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SessionId } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import fc from 'fast-check';
import { SessionDependencyCycle, type SessionInfo, SessionNotFound } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

/** So many sessions of Alice. */
const some = (count: number): Promise<readonly SessionInfo[]> =>
  test.repository.bulkCreate(
    ofAlice,
    Array.from({ length: count }, () => spec(alice)),
  );
const edges = async (): Promise<readonly (readonly [string, string])[]> => {
  const rows = await test.dataSource.query<{ session_id: string; depends_on: string }[]>(
    'SELECT session_id, depends_on FROM session_dependencies ORDER BY 1, 2',
  );
  return rows.map((row) => [row.session_id, row.depends_on] as const);
};

describe('dependencies', () => {
  it('are read as a graph, nearest first, each session once', async () => {
    const [a, b, c, d, other] = await some(5);
    await test.repository.addDependencies(ofAlice, a!.id, [b!.id, c!.id]);
    await test.repository.addDependencies(ofAlice, b!.id, [d!.id]);
    await test.repository.addDependencies(ofAlice, c!.id, [d!.id]);
    await test.repository.addDependencies(ofAlice, other!.id, [a!.id]);

    const graph = await test.repository.getDependencyGraph(ofAlice, a!.id);

    expect(graph.sessions[0]).toEqual(a);
    expect(new Set(graph.sessions.slice(1, 3).map(({ id }) => id))).toEqual(new Set([b!.id, c!.id]));
    expect(graph.sessions.slice(3)).toEqual([d]);
    expect(new Set(graph.dependencies.map((one) => `${one.sessionId} ${one.dependsOn}`))).toEqual(
      new Set([`${a!.id} ${b!.id}`, `${a!.id} ${c!.id}`, `${b!.id} ${d!.id}`, `${c!.id} ${d!.id}`]),
    );
    expect([graph, graph.sessions, ...graph.dependencies].every(Object.isFrozen)).toBe(true);
  });

  it('that are there already stay, and what is not there is not missed', async () => {
    const [a, b, c] = await some(3);
    await test.repository.addDependencies(ofAlice, a!.id, [b!.id]);
    await test.repository.addDependencies(ofAlice, a!.id, [b!.id, c!.id, c!.id]);

    expect(await edges()).toHaveLength(2);
    expect(await test.repository.removeDependencies(ofAlice, a!.id, [b!.id, nobody])).toEqual({ count: 1 });
    expect(await edges()).toEqual([[a!.id, c!.id]]);
  });

  it('are the same however their ids are written', async () => {
    const [a, b] = await some(2);
    const upper = ({ id }: SessionInfo) => id.toUpperCase() as SessionId;

    await test.repository.addDependencies(ofAlice, upper(a!), [upper(b!)]);
    expect(await edges()).toEqual([[a!.id, b!.id]]);
    await expect(test.repository.addDependencies(ofAlice, a!.id, [upper(a!)])).rejects.toBeInstanceOf(
      SessionDependencyCycle,
    );
    expect(await test.repository.removeDependencies(ofAlice, upper(a!), [upper(b!)])).toEqual({ count: 1 });
  });

  it('of nothing leave all as it is', async () => {
    const [a] = await some(1);

    await test.repository.addDependencies(ofAlice, a!.id, []);
    expect(await edges()).toEqual([]);
  });

  it('close no cycle, however long, and all or none are added', async () => {
    const [a, b, c, d] = await some(4);
    await test.repository.addDependencies(ofAlice, a!.id, [b!.id]);
    await test.repository.addDependencies(ofAlice, b!.id, [c!.id]);
    const before = await edges();

    for (const dependsOn of [[c!.id], [d!.id, a!.id], [d!.id, b!.id]]) {
      const failure: unknown = await test.repository
        .addDependencies(ofAlice, c!.id, dependsOn)
        .catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(SessionDependencyCycle);
      expect(failure).toMatchObject({ code: 'session_update_conflict', httpStatus: 409 });
    }
    expect(await edges()).toEqual(before);
  });

  it('do not reach foreign, deleted and missing sessions, from neither side', async () => {
    const [a, deleted] = await some(2);
    const foreign = await test.repository.create(ofBob, spec(bob));
    await test.repository.delete(ofAlice, deleted!.id);

    for (const id of [foreign.id, deleted!.id, nobody]) {
      await expect(test.repository.addDependencies(ofAlice, a!.id, [id])).rejects.toEqual(new SessionNotFound(id));
      await expect(test.repository.addDependencies(ofAlice, id, [a!.id])).rejects.toEqual(new SessionNotFound(id));
      await expect(test.repository.getDependencyGraph(ofAlice, id)).rejects.toEqual(new SessionNotFound(id));
    }
    expect(await edges()).toEqual([]);
  });

  it('hold between sessions of one owner only, for an administrator too', async () => {
    const [a] = await some(1);
    const foreign = await test.repository.create(ofBob, spec(bob));

    const failure = test.repository.addDependencies(unscoped('an administrator'), a!.id, [foreign.id]);
    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/dependsOn' });
    const planted = test.dataSource.query(
      `INSERT INTO session_dependencies (session_id, depends_on, domain_name, group_id, user_uuid, access_key)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [a!.id, foreign.id, alice.domainName, alice.groupId, alice.userUuid, alice.accessKey],
    );
    await expect(planted).rejects.toMatchObject({ code: '23503' });
  });

  it.each(['repeatable read', 'serializable'] as const)(
    'are refused in a %s transaction, whose snapshot is older than what others have committed',
    async (isolation) => {
      const [a, b] = await some(2);
      const failure = test.database.beginSession(
        async (dbSession) => {
          const inside = test.repository.within(dbSession);
          await inside.get(ofAlice, a!.id);
          await test.repository.addDependencies(ofAlice, b!.id, [a!.id], { separate: true });
          await inside.addDependencies(ofAlice, a!.id, [b!.id]);
        },
        { isolation },
      );

      await expect(failure).rejects.toBeInstanceOf(Misuse);
      await expect(failure).rejects.toThrow(/read committed/);
      expect(await edges()).toHaveLength(1);
    },
  );

  it('refuse one of two calls that would close a cycle between them', async () => {
    for (let round = 0; round < 50; round++) {
      const [a, b, c, d] = await some(4);
      // Given a → b and c → d, neither b → c nor d → a is a cycle of its own.
      await test.repository.addDependencies(ofAlice, a!.id, [b!.id]);
      await test.repository.addDependencies(ofAlice, c!.id, [d!.id]);

      const added = await Promise.allSettled([
        test.repository.addDependencies(ofAlice, b!.id, [c!.id]),
        test.repository.addDependencies(ofAlice, d!.id, [a!.id]),
      ]);

      const failures = added.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(failures).toHaveLength(1);
      expect(failures[0]).toBeInstanceOf(SessionDependencyCycle);
    }
  });

  it('are written in time that grows with their number, however they hang together', async () => {
    // Given a chain in one statement: a walk from each of its sessions would take a million steps and a half
    const owner = [alice.domainName, alice.groupId, alice.userUuid, alice.accessKey];
    const chain = (await some(1_000)).map(({ id }) => id);
    const [late] = await some(1);
    const walks = await test.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = '10s'`);
      await manager.query(
        `INSERT INTO session_dependencies (session_id, depends_on, domain_name, group_id, user_uuid, access_key)
         SELECT chain[i], chain[i + 1], $2, $3, $4, $5 FROM (SELECT $1::uuid[]) one (chain), generate_series(1, 999) i`,
        [chain, ...owner],
      );
      return manager.query<unknown[]>('SELECT FROM session_dependencies');
    });
    expect(walks).toHaveLength(999);

    // Then its ends are known to hang together
    const close = test.repository.addDependencies(ofAlice, chain.at(-1)!, [late!.id, chain[0]!]);
    await expect(close).rejects.toBeInstanceOf(SessionDependencyCycle);
    const { sessions } = await test.repository.getDependencyGraph(ofAlice, chain[0]!);
    expect(sessions.map(({ id }) => id)).toEqual(chain);
  });

  it('close no cycle that one statement adds whole, beside others that are none', async () => {
    const edge = fc.tuple(fc.nat(6), fc.nat(6)).filter(([from, to]) => from !== to);
    const ids = (await some(7)).map(({ id }) => id);
    const owner = [alice.domainName, alice.groupId, alice.userUuid, alice.accessKey];
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(edge, { selector: String, minLength: 1, maxLength: 12 }), async (pairs) => {
        await test.dataSource.query('TRUNCATE session_dependencies');
        const known = new Map(ids.map((id) => [id, new Set<SessionId>()]));
        for (const [from, to] of pairs) known.get(ids[from]!)!.add(ids[to]!);
        const isCyclic = pairs.some(([from, to]) => reachable(known, ids[to]!).has(ids[from]!));

        const written = test.dataSource.query(
          `INSERT INTO session_dependencies (session_id, depends_on, domain_name, group_id, user_uuid, access_key)
           SELECT s, d, $3, $4, $5, $6 FROM unnest($1::uuid[], $2::uuid[]) pairs (s, d)`,
          [pairs.map(([from]) => ids[from]), pairs.map(([, to]) => ids[to]), ...owner],
        );
        const outcome = await written.then(
          () => null,
          (error: unknown) => error,
        );

        if (isCyclic) expect(outcome).toMatchObject({ constraint: 'session_dependencies_acyclic' });
        else expect(outcome).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  it('of a session that is deleted are read where deleted sessions are asked for', async () => {
    const [a, b] = await some(2);
    await test.repository.addDependencies(ofAlice, a!.id, [b!.id]);
    await test.repository.delete(ofAlice, b!.id);
    const { sessions } = await test.repository.getDependencyGraph(ofAlice, a!.id);
    const all = await test.repository.getDependencyGraph(ofAlice, a!.id, { includeDeleted: true });

    expect(sessions.map(({ id }) => id)).toEqual([a!.id]);
    expect(all.sessions.map(({ id }) => id)).toEqual([a!.id, b!.id]);
    await test.repository.delete(ofAlice, a!.id);
    const options = { includeDeleted: true };
    await expect(test.repository.getSessionWithDependencies(ofAlice, a!.id)).rejects.toEqual(
      new SessionNotFound(a!.id),
    );
    const whole = await test.repository.getSessionWithDependencies(ofAlice, a!.id, options);
    expect(whole).toMatchObject({ session: { id: a!.id }, dependsOn: [b!.id], allocation: { requestedSlots: {} } });
    expect((await test.repository.loadAllocationsBySession(ofAlice, [a!.id], options))[0]).not.toBeNull();
  });

  it('agree with a search of the graph in memory, whatever is added and in which order', async () => {
    const step = fc.tuple(fc.nat(5), fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await test.dataSource.query('TRUNCATE sessions CASCADE');
        const ids = (await some(6)).map(({ id }) => id);
        const known = new Map(ids.map((id) => [id, new Set<SessionId>()]));
        for (const [from, to] of steps) {
          const wanted = to.map((i) => ids[i]!);
          const isCyclic = wanted.some((id) => reachable(known, id).has(ids[from]!));
          const outcome = await test.repository.addDependencies(ofAlice, ids[from]!, wanted).catch((e: unknown) => e);
          if (isCyclic) expect(outcome).toBeInstanceOf(SessionDependencyCycle);
          else wanted.forEach((id) => known.get(ids[from]!)!.add(id));
        }
        for (const id of ids) {
          const { sessions, dependencies } = await test.repository.getDependencyGraph(ofAlice, id);
          const expected = reachable(known, id);
          expect(new Set(sessions.map((one) => one.id))).toEqual(expected);
          expect(dependencies).toHaveLength([...expected].reduce((sum, one) => sum + known.get(one)!.size, 0));
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** A session and all that it waits for. */
function reachable(known: ReadonlyMap<SessionId, ReadonlySet<SessionId>>, from: SessionId): ReadonlySet<SessionId> {
  const seen = new Set([from]);
  for (const id of seen) for (const next of known.get(id)!) seen.add(next);
  return seen;
}
