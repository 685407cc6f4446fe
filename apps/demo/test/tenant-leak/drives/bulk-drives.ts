import { type Attempt, attempt, type Drive, together } from '../attempt.js';
import type { World } from '../world.js';
import { creations, refusedCreations } from './creations.js';
import { everyId, everyScope, type Kit, thefts } from './kit.js';

/** Writes of many rows, each with its own values, in whole and in part. */
export function bulkDrives(kit: Kit): Readonly<Record<string, Drive>> {
  const change = kit.change(kit.harmless);
  const updates = (ids: readonly unknown[], changes: unknown): readonly unknown[] =>
    ids.map((id) => ({ id, ...(changes as object) }));
  const many = ({ mine, theirs }: World, scope: unknown): readonly Attempt[] => [
    ...[1, 2, 3].map((n) => attempt(scope, updates([kit.id(mine, 1), kit.id(theirs, n)], change))),
    attempt(scope, updates([kit.id(theirs, 1)], kit.change({}))),
    attempt(scope, updates(everyId(kit, { mine, theirs }), change)),
    ...thefts(kit, theirs).map((theft) => attempt(scope, updates([kit.id(mine, 1)], theft))),
  ];
  const scoped = (drive: (world: World, scope: unknown) => readonly Attempt[]): Drive => {
    return (world) => everyScope(kit, world.mine).flatMap((scope) => drive(world, scope));
  };
  /** Each new row beside one that nothing is wrong with. */
  const created: Drive = (world) =>
    creations(kit, world).map(({ args: [scope, spec], ...rest }, index) => ({
      ...rest,
      args: [scope, [kit.creation(world.mine, 500 + index), spec]],
    }));
  /** A key that is theirs, and what is taken among them, by every way to find a row that is there. */
  const upserts = (rules: readonly object[], make: (spec: object, rule: object) => readonly unknown[]): Drive => {
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
  const rules = [{}, { update: [] }, ...(kit.uniqueBy ?? []).map((columns) => ({ conflictTarget: { columns } }))];
  return {
    bulkCreate: created,
    bulkCreatePartial: created,
    bulkUpdate: scoped(many),
    bulkUpdatePartial: scoped(many),
    bulkPurgePartial: scoped((world, scope) => [
      ...everyId(kit, world).map((id) => attempt(scope, [id])),
      attempt(scope, everyId(kit, world)),
    ]),
    upsert: upserts(rules, (spec, rule) => [{ ...spec, ...rule }]),
    bulkUpsert: together(
      upserts(rules, (spec, rule) => [[spec], rule]),
      upserts([{ repeated: 'fold' }], (spec, rule) => [[spec, spec], rule]),
    ),
    bulkUpsertPartial: upserts(rules, (spec, rule) => [[spec], rule]),
  };
}
