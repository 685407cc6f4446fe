import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryCase, operations } from '../fuzz/statements/statement-case.js';
import { statementDoor } from '../fuzz/statements/statement-door.js';
import { type StatementWorld, statementWorld } from '../fuzz/statements/statement-world.js';
import { testServer } from './fixture/test-database.js';

/** Another one for each run; `FUZZ_SEED` repeats one. */
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const ENTITIES = 12;
const RUNS = 10;

describe(`of random entities and values (FUZZ_SEED=${seed})`, () => {
  let world: StatementWorld;
  beforeAll(async () => {
    // Few seeds make entities without a time among them, for instance, and then nothing for one of the operations.
    for (let next = seed; ; next++) {
      world = await statementWorld({ serverUrl: testServer(), entities: ENTITIES, seed: next });
      if (operations.every((operation) => tablesFor(operation).length > 0)) return;
      await world.close();
    }
  });
  afterAll(() => world.close());
  const tablesFor = (operation: (typeof operations)[number]): StatementWorld['tables'] =>
    world.tables.filter((table) => operation.arbitrary(table) !== null);

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s does what TypeORM and plain SQL do',
    async (_, operation) => {
      const judged = tablesFor(operation).map((table) => {
        const door = statementDoor(world, table, () => {});
        const cases = arbitraryCase(table, world.ways, [operation]);
        return cases.map((one) => ({ table: door.name, one, judge: () => door.judge(world, one) }));
      });
      const property = fc.asyncProperty(fc.oneof(...judged), async ({ judge }) => {
        expect((await judge()).fault).toBeNull();
      });

      await fc.assert(property, { seed, numRuns: RUNS });
    },
  );
});
