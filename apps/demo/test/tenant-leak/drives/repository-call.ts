import type { DbReadSession, DbWriteSession } from '@holdfast/base';
import type { TestDatabase } from '@holdfast/testing';
import type { Attempt, Call, Drive } from '../attempt.js';

type Method = (...args: readonly unknown[]) => Promise<unknown>;
type Within = { within(dbSession: DbReadSession | DbWriteSession): object };

/** Calls a repository's methods by name. */
export function repositoryCall(repository: object): Call {
  return (operation, args) => (Reflect.get(repository, operation) as Method).apply(repository, [...args]);
}

/** The drive of `within`: other operations inside of a transaction. */
export function withinDrive(
  { database }: TestDatabase,
  repository: object,
  drives: Readonly<Record<string, Drive>>,
  reads: readonly string[],
  writes: readonly string[],
): Drive {
  const inside = (operation: string, args: readonly unknown[]): Promise<unknown> => {
    const work = (dbSession: DbReadSession | DbWriteSession): Promise<unknown> =>
      repositoryCall((repository as Within).within(dbSession))(operation, args);
    return reads.includes(operation) ? database.beginReadonlySession(work) : database.beginSession(work);
  };
  return async (world) => {
    const attempts: Attempt[] = [];
    for (const operation of [...reads, ...writes]) {
      for (const { call, args, differs, ...rest } of await drives[operation]!(world)) {
        // What may differ makes what follows differ.
        if (call === undefined && differs === undefined)
          attempts.push({ args, ...rest, call: () => inside(operation, args) });
      }
    }
    return attempts;
  };
}
