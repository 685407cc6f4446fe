import { type Attempt, attempt, type Drive, together } from '../attempt.js';
import type { World } from '../world.js';
import { creations } from './creations.js';
import { everyId, everyScope, type Kit, thefts } from './kit.js';
import { upsertDrives } from './upsert-drives.js';

/** Writes of many rows, each with its own values, in whole and in part. */
export function bulkDrives(kit: Kit): Readonly<Record<string, Drive>> {
  const change = kit.change(kit.harmless);
  const updates = (ids: readonly unknown[], changes: unknown): readonly unknown[] =>
    ids.map((id) => ({ id, ...(changes as object) }));
  const many = ({ mine, theirs }: World, scope: unknown): readonly Attempt[] => [
    ...[1, 2, 3].map((n) => attempt(scope, updates([kit.id(mine, 1), kit.id(theirs, n)], change))),
    attempt(scope, updates([kit.id(theirs, 1)], kit.change({}))),
    ...(kit.isVersioned === true ? [1, 99] : []).map((expectedVersion) =>
      attempt(scope, updates([kit.id(theirs, 1)], { ...(change as object), expectedVersion })),
    ),
    attempt(scope, updates(everyId(kit, { mine, theirs }), change)),
    ...thefts(kit, theirs).map((theft) => attempt(scope, updates([kit.id(mine, 1)], theft))),
  ];
  const scoped = (drive: (world: World, scope: unknown) => readonly Attempt[]): Drive => {
    return (world) => everyScope(kit, world.mine).flatMap((scope) => drive(world, scope));
  };
  /** Each new row beside one that nothing is wrong with. */
  const created = (from: number, ...options: readonly object[]): Drive => {
    return (world) =>
      creations(kit, world, from).map(({ args: [scope, spec], ...rest }, index) => ({
        ...rest,
        args: [scope, [kit.creation(world.mine, from + 400 + index), spec], ...options],
      }));
  };
  return {
    bulkCreate: together(created(200, { returning: 'count' }), created(100)),
    bulkCreatePartial: created(100),
    bulkUpdate: scoped(many),
    bulkUpdatePartial: scoped(many),
    bulkPurgePartial: scoped((world, scope) => [
      ...everyId(kit, world).map((id) => attempt(scope, [id])),
      attempt(scope, everyId(kit, world)),
    ]),
    ...upsertDrives(kit),
  };
}
