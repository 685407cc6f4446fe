import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Database, guardedPool, operationKey, OperationKeyReused } from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';

const a = of('a');

/** One call of somebody: a closure, or a standard operation; `fails` once it has written. */
interface Call {
  readonly key: number;
  readonly payload: number;
  readonly kind: 'closure' | 'operation';
  readonly fails: boolean;
  readonly isolation: 'read committed' | 'serializable';
  readonly on: number;
}

class Fails extends Error {}

const calls: fc.Arbitrary<readonly (readonly Call[])[]> = fc.array(
  fc.array(
    fc.record<Call>({
      key: fc.nat(2),
      payload: fc.nat(1),
      kind: fc.constantFrom('closure', 'operation'),
      fails: fc.boolean(),
      isolation: fc.constantFrom('read committed', 'serializable'),
      on: fc.nat(1),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  { minLength: 1, maxLength: 4 },
);

describe('whatever calls come with few keys, at once and one after the other', () => {
  let test: KeyedDatabase;
  let databases: readonly Database[];

  beforeAll(async () => {
    test = await keyedDatabase(guardedPool({ max: 6 }));
    databases = [test.database, new Database(test.dataSource)];
    // An operation fails after it has written, as one with a deferred constraint does.
    await test.dataSource.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.place = 13 THEN RAISE EXCEPTION 'fails'; END IF; RETURN NULL; END $$`);
    await test.dataSource.query(`CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON parcels
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`);
  });
  afterAll(() => test.close());

  const answer = async (room: string, call: Call): Promise<unknown> => {
    const database = databases[call.on]!;
    const { payload, fails, isolation } = call;
    const code = `${room} ${call.kind} ${call.key} ${payload}`;
    if (call.kind === 'operation') {
      // What makes it fail is part of what it asks for.
      return database.execute(parcels.create(a, { values: { code, place: fails ? 13 : payload } }), {
        operationKey: operationKey(`${room} ${call.key}`),
      });
    }
    return database.beginSession(
      async (dbSession) => {
        const { id } = await dbSession.execute(parcels.create(a, { values: { code, place: payload } }));
        if (fails) throw new Fails();
        return { id, payload };
      },
      {
        name: 'answer',
        isolation,
        operationKey: operationKey(`${room} ${call.key}`, { scope: a, payload, keepResult: true }),
      },
    );
  };

  it('the first success of each key is what all others get', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (batches) => {
        const room = fresh();
        const done: { readonly call: Call; readonly answer: unknown }[] = [];
        for (const batch of batches) {
          const answers = await Promise.all(
            batch.map((call) => answer(room, call).catch((error: unknown) => error as Error)),
          );
          batch.forEach((call, i) => done.push({ call, answer: answers[i] }));
        }
        for (const kind of ['closure', 'operation'] as const) {
          for (const key of [0, 1, 2]) {
            const own = done.filter(({ call }) => call.key === key && call.kind === kind);
            const successes = own.filter((each) => !(each.answer instanceof Error));
            const mayDo = own.some(({ call }) => !call.fails);
            expect(successes.length > 0).toBe(mayDo);
            for (const each of successes) expect(each.answer).toStrictEqual(successes[0]!.answer);
            const winner = successes[0]?.call;
            for (const { call, answer } of own) {
              if (!(answer instanceof Error)) expect(call.payload).toBe(winner!.payload);
              else if (answer instanceof OperationKeyReused) expect(winner).toBeDefined();
              else expect(call.fails).toBe(true);
            }
          }
        }
        const [row] = await test.dataSource.query<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM parcels WHERE code LIKE $1`,
          [`${room} %`],
        );
        const doers = new Set(
          done.filter((each) => !(each.answer instanceof Error)).map(({ call }) => `${call.kind} ${call.key}`),
        );
        expect(row!.n).toBe(doers.size);
      }),
      { numRuns: 40 },
    );
  });
});
