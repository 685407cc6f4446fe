import { type Attempt, attempt, type Drive } from '../attempt.js';
import { inTurns } from './conditions.js';
import { everyScope, type Kit } from './kit.js';
import { behindConditions } from './relation-drives.js';

/** What is removed when it is old: of what is theirs, while there is something to lose, and of everything. */
export function retentionDrive(kit: Kit): Drive {
  return ({ mine, theirs }): readonly Attempt[] => {
    const scopes = everyScope(kit, mine);
    // One runner at a time works under a name.
    const name = mine.key('outdated');
    const behind = behindConditions(kit.relations ?? { one: {}, many: {} }, theirs.canary);
    return [
      ...inTurns(scopes, [...behind, ...kit.conditions(theirs)], (scope, condition) =>
        attempt(scope, { name, condition }),
      ),
      ...scopes.map((scope) => attempt(scope, { name })),
    ];
  };
}
