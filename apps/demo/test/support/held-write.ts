import type { TestDatabase } from '@holdfast/testing';
import { gate, untilWaiting } from '@holdfast/testing';
import type { Repositories } from '../../src/repositories.js';

/** The repositories within a dbSession that does one thing and is held open until another waits for it. */
export async function heldWrite(
  { database, dataSource }: TestDatabase,
  repositories: Repositories,
  first: (use: Repositories) => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<readonly [PromiseSettledResult<unknown>, PromiseSettledResult<unknown>]> {
  const [done, end] = [gate(), gate()];
  const held = database.beginSession(async (dbSession) => {
    const within = Object.entries(repositories).map(([name, repository]) => [
      name,
      (repository as Repositories['users']).within(dbSession),
    ]);
    await first(Object.fromEntries(within) as unknown as Repositories);
    done.open();
    await end.opened;
  });
  await Promise.race([done.opened, held]);
  const later = second();
  await untilWaiting(dataSource, later);
  end.open();
  const [earlier, then] = await Promise.allSettled([held, later]);
  return [earlier, then];
}
