import { RowDeleted } from '@holdfast/base';
import { OutsideScope } from '@holdfast/querier';
import { attempt, type Drive, together } from '../attempt.js';
import { creations, refusedCreations } from './creations.js';
import type { Kit } from './kit.js';

type Make = (spec: object, rule: object) => readonly unknown[];

/** Upserts of one row and of many: a key that is theirs, and what is taken among them, by every way to find a row. */
export function upsertDrives(kit: Kit): Readonly<Record<string, Drive>> {
  const uniques = (kit.uniqueBy ?? []).map((columns) => ({ conflictTarget: { columns } }));
  // A repository's own has its rule.
  const byKey = kit.uniqueBy === undefined ? [{}] : [{}, { update: [] }];

  const upserts = (rules: readonly object[], make: Make): Drive => {
    return (world) => [
      ...refusedCreations(kit, world).map(({ args: [scope, spec], ...rest }) => ({
        ...rest,
        args: [scope, ...make(spec as object, rules[0]!)],
      })),
      ...rules.flatMap((rule, turn) =>
        creations(kit, world, 1_000 * (turn + 1)).map(({ args: [scope, spec], ...rest }) => ({
          ...rest,
          args: [scope, ...make(spec as object, rule)],
        })),
      ),
    ];
  };

  /** Rows that are there: mine, without what the scope gives, by all that they are found by; and a deleted one of theirs. */
  const there = (make: Make): Drive => {
    return ({ mine, theirs }) => {
      const [scope] = kit.scopes(mine);
      const given = kit.belonging(mine).flatMap((values) => Object.keys(values).map((name) => [name, undefined]));
      const own = (n: number, values: object = {}): object => {
        return kit.creation(mine, n, { ...Object.fromEntries(given), ...values }) as object;
      };
      const mustGo = [
        ...byKey.map((rule) => make(own(1), rule)),
        ...uniques.map((rule) => make(own(2, kit.taken(mine)), rule)),
      ];
      return [
        ...mustGo.map((args) => ({ ...attempt(scope, ...args), succeeds: true })),
        {
          ...attempt(scope, ...make(own(900, { id: kit.id(theirs, 3) }), {})),
          differs: 'a key is taken by whoever has it',
          untold: RowDeleted.name,
        },
      ];
    };
  };

  /** My deleted row, and changes of what says that a row is mine. */
  const refused: Drive = ({ mine }) => {
    const [belonging] = kit.belonging(mine);
    return kit.scopes(mine).flatMap((scope) => [
      { ...attempt(scope, kit.creation(mine, 3)), refusedFor: RowDeleted.name },
      ...uniques.slice(0, 1).map(() => ({
        ...attempt(scope, { ...(kit.creation(mine, 1, belonging) as object), update: Object.keys(belonging!) }),
        refusedFor: OutsideScope.name,
      })),
    ]);
  };

  /** My row, which stays mine by whatever is given of it later. */
  const folded: Drive = ({ mine }) => {
    if (kit.apart === undefined) return [];
    const [scope, values] = kit.apart(mine);
    const specs = [kit.creation(mine, 1), kit.creation(mine, 1, values)];
    return [{ ...attempt(scope, specs, { repeated: 'fold' }), succeeds: true }];
  };

  const one: Make = (spec, rule) => [{ ...spec, ...rule }];
  const many: Make = (spec, rule) => [[spec], rule];
  const rules = [...byKey, ...uniques];
  return {
    upsert: together(there(one), refused, upserts(rules, one)),
    bulkUpsert: together(
      there(many),
      folded,
      upserts(rules, many),
      upserts([{ repeated: 'fold' }], (spec, rule) => [[spec, spec], rule]),
    ),
    bulkUpsertPartial: together(there(many), upserts(rules, many)),
  };
}
