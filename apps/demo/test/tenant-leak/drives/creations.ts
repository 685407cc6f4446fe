import { type Attempt, attempt } from '../attempt.js';
import type { World } from '../world.js';
import type { Kit } from './kit.js';

/** Rows with their key, for them, and with what is taken among them; the last one is as it should be. */
export function creations(kit: Kit, { mine, theirs }: World, from = 100): readonly Attempt[] {
  let n = from;
  return kit.scopes(mine).flatMap((scope): readonly Attempt[] => [
    ...kit.belonging(theirs).map((values) => attempt(scope, kit.creation(mine, ++n, values))),
    attempt(
      scope,
      kit.creation(
        mine,
        ++n,
        kit.belonging(theirs).reduce((all, values) => ({ ...all, ...values })),
      ),
    ),
    attempt(scope, kit.creation(mine, ++n, kit.taken(theirs))),
    {
      ...attempt(scope, kit.creation(mine, ++n, { id: kit.id(theirs, 1) })),
      differs: 'a key is taken by whoever has it',
    },
    attempt(scope, kit.creation(mine, ++n)),
  ]);
}

/** The same in scopes that create nothing. */
export function refusedCreations(kit: Kit, { mine }: World): readonly Attempt[] {
  return (kit.conditionalScopes?.(mine) ?? []).map((scope, i) => ({
    ...attempt(scope, kit.creation(mine, 90 + i)),
    refusedFor: 'Misuse',
  }));
}
