import { type Attempt, attempt, type Drive } from '../attempt.js';
import { inTurns } from './conditions.js';
import { everyScope, type Kit } from './kit.js';

/** What is removed when it is old: of everything, and of what is theirs. */
export function retentionDrive(kit: Kit): Drive {
  return ({ mine, theirs }): readonly Attempt[] => {
    const scopes = everyScope(kit, mine);
    // One runner at a time works under a name.
    const name = mine.key('outdated');
    return [
      ...scopes.map((scope) => attempt(scope, { name })),
      ...inTurns(scopes, kit.conditions(theirs), (scope, condition) => attempt(scope, { name, condition })),
    ];
  };
}
