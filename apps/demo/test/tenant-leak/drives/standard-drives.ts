import { everyRow } from '@holdfast/base';
import { type Attempt, attempt, type Call, type Drive, together } from '../attempt.js';
import type { Tenant } from '../tenant.js';
import type { World } from '../world.js';
import { conditionsAt, inTurns } from './conditions.js';
import type { Condition } from './columns.js';
import { everyScope, type Kit } from './kit.js';
import { pagesPerParentDrive } from './pages-per-parent-drive.js';
import { searchDrive } from './search-drive.js';

const selections = [{}, { includeDeleted: true }];

/** The standard operations, each by every means to reach the rows of another tenant. */
export function standardDrives(kit: Kit, call: Call): Readonly<Record<string, Drive>> {
  const everyId = ({ theirs, mine }: World): readonly unknown[] =>
    [theirs, mine].flatMap((tenant) => [1, 2, 3].map((n) => kit.id(tenant, n)));
  const scoped = (drive: (world: World, scope: unknown) => readonly Attempt[]): Drive => {
    return (world) => everyScope(kit, world.mine).flatMap((scope) => drive(world, scope));
  };
  const byId = (...rest: readonly unknown[]): Drive =>
    scoped((world, scope) => everyId(world).map((id) => attempt(scope, id, ...rest)));
  const read: Drive = scoped((world, scope) =>
    everyId(world).flatMap((id) => selections.map((selection) => attempt(scope, id, selection))),
  );
  const change = kit.change(kit.harmless);
  /** Changes of one's own row that would put it among theirs, or take from them what only each tenant has once. */
  const thefts = (theirs: Tenant): readonly unknown[] =>
    [...kit.belonging(theirs), kit.taken(theirs)].map((values) => kit.change(values));
  const conditioned = (make: (world: World, scope: unknown, condition: Condition) => readonly Attempt[]): Drive => {
    return (world) =>
      inTurns(everyScope(kit, world.mine), conditionsAt(kit, world.theirs), (scope, condition) =>
        make(world, scope, condition),
      ).flat();
  };
  const batch = (...rest: readonly unknown[]): Drive =>
    together(
      scoped((world, scope) => [
        attempt(
          scope,
          [1, 2, 3].map((n) => kit.id(world.theirs, n)),
          ...rest,
        ),
      ]),
      conditioned((_, scope, condition) => [attempt(scope, condition, ...rest)]),
      scoped((world, scope) => [
        attempt(scope, everyId(world), ...rest),
        attempt(scope, everyRow('all that is mine'), ...rest),
      ]),
    );
  const stealing = (target: (world: World) => readonly unknown[]): Drive =>
    scoped((world, scope) => thefts(world.theirs).map((theft) => attempt(scope, ...target(world), theft)));

  const drives: Readonly<Record<string, Drive>> = {
    get: read,
    find: read,
    loadMany: scoped((world, scope) => selections.map((selection) => attempt(scope, everyId(world), selection))),
    search: searchDrive(kit, call),
    pagesPerParent: pagesPerParentDrive(kit, call),
    count: conditioned((_, scope, condition) => [attempt(scope, condition, { includeDeleted: true })]),
    create: (world) => creations(kit, world),
    bulkCreate: (world) => bulkCreations(kit, world),
    bulkCreatePartial: (world) => bulkCreations(kit, world),
    upsert: (world) => creations(kit, world),
    bulkUpsert: (world) => bulkCreations(kit, world),
    update: together(
      byId(change),
      byId(kit.change({})),
      stealing(({ mine }) => [kit.id(mine, 1)]),
    ),
    updateIf: together(
      scoped((world, scope) =>
        everyId(world).flatMap((id) => [{}, { not: { or: [] } }].map((open) => attempt(scope, id, open, change))),
      ),
      conditioned(({ mine, theirs }, scope, condition) =>
        [theirs, mine].map((tenant) => attempt(scope, kit.id(tenant, 1), condition, change)),
      ),
      stealing(({ mine }) => [kit.id(mine, 1), {}]),
    ),
    delete: byId(),
    restore: byId(),
    purge: byId(),
    batchUpdate: together(
      batch(change),
      stealing(() => [everyRow('all that is mine')]),
    ),
    batchDelete: batch(),
    batchPurge: batch(),
  };
  return Object.fromEntries(
    Object.entries(drives).map(([operation, drive]) => [operation, together(drive, refused(kit, operation, drive))]),
  );
}

/** The same operation in scopes that must be refused, with arguments that nothing else is wrong with. */
function refused(kit: Kit, operation: string, drive: Drive): Drive {
  return async (world) => {
    const attempts = await drive(world);
    const { args } = (/create|upsert/i.test(operation)
      ? attempts.at(-1)
      : attempts.find((one) => one.refusedFor === undefined)) ?? { args: [] };
    const scopes = args.length === 0 ? [] : (kit.refusedScopes?.(world.mine) ?? []);
    return scopes.map(([scope, refusedFor]) => ({ args: [scope, ...args.slice(1)], refusedFor }));
  };
}

/** The same rows, each beside one of one's own. */
function bulkCreations(kit: Kit, world: World): readonly Attempt[] {
  return creations(kit, world).map(({ args: [scope, spec], ...rest }, index) => ({
    ...rest,
    args: [scope, [kit.creation(world.mine, 500 + index), spec]],
  }));
}

/** Rows with their key, for them, and with what is taken among them. */
function creations(kit: Kit, { mine, theirs }: World): readonly Attempt[] {
  let n = 100;
  const creating = kit.scopes(mine).flatMap((scope): readonly Attempt[] => [
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
  const refusing = (kit.conditionalScopes?.(mine) ?? []).map((scope) => ({
    ...attempt(scope, kit.creation(mine, ++n)),
    refusedFor: 'Misuse',
  }));
  return [...refusing, ...creating];
}
