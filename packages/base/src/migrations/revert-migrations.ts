import { Misuse } from '@holdfast/errors';
import type { MigrationList } from './migration-list.js';
import type { MigrationOptions, RevertTarget } from './migration-options.js';
import { namedMigrations } from './named-migrations.js';
import { type MigrationRunner, runMigrations } from './run-migrations.js';

/** What `Database.revertMigrations` does. */
export async function revertMigrations(
  runner: MigrationRunner,
  list: MigrationList,
  target: RevertTarget,
  options: MigrationOptions,
): Promise<readonly string[]> {
  const byName = new Map(namedMigrations(list).map((migration) => [migration.name, migration]));
  checkTarget(target);
  // Where to stop, known from the first look on: steps are counted once.
  let kept: string | null | undefined;
  return runMigrations(
    runner,
    {
      direction: 'down',
      left(recorded) {
        if (kept === undefined) kept = stopAt(recorded, target);
        // Somebody else has gone back farther meanwhile.
        else if (kept !== null && !recorded.includes(kept)) return [];
        const undone = recorded.slice(kept === null ? 0 : recorded.indexOf(kept) + 1).reverse();
        const unknown = undone.filter((name) => !byName.has(name));
        if (unknown.length > 0) {
          throw new Misuse(`To be undone, but not in the list: ${unknown.join(', ')}. Nothing of them was undone.`);
        }
        return undone.map((name) => byName.get(name)!);
      },
    },
    options,
  );
}

function checkTarget(target: RevertTarget): void {
  if ('to' in target === 'steps' in target) throw new Misuse('Say either `to` or `steps`.');
  if ('steps' in target && !(Number.isSafeInteger(target.steps) && target.steps >= 1)) {
    throw new Misuse('steps must be a whole number, at least 1.');
  }
}

/** The name of the last migration that stays, or null. */
function stopAt(recorded: readonly string[], target: RevertTarget): string | null {
  if ('steps' in target) return recorded.at(-1 - target.steps) ?? null;
  if (target.to !== null && !recorded.includes(target.to)) {
    throw new Misuse(`${target.to} is not recorded as applied: there is no going back to it.`);
  }
  return target.to;
}
