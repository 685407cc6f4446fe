import { everyRow } from '@holdfast/base';
import { type Attempt, attempt, type Call, type Drive, together } from '../attempt.js';
import type { World } from '../world.js';
import { conditionsAt, inTurns } from './conditions.js';
import type { Condition } from './columns.js';
import { bulkDrives } from './bulk-drives.js';
import { creations, refusedCreations } from './creations.js';
import { everyId, everyScope, type Kit, thefts } from './kit.js';
import { pagesPerParentDrive } from './pages-per-parent-drive.js';
import { readingDrives } from './reading-drives.js';
import { behindConditions } from './relation-drives.js';
import { searchDrive } from './search-drive.js';

const selections = [{}, { includeDeleted: true }];

/** The standard operations, each by every means to reach the rows of another tenant. */
export function standardDrives(kit: Kit, call: Call): Readonly<Record<string, Drive>> {
  const scoped = (drive: (world: World, scope: unknown) => readonly Attempt[]): Drive => {
    return (world) => everyScope(kit, world.mine).flatMap((scope) => drive(world, scope));
  };
  const byId = (...rest: readonly unknown[]): Drive =>
    scoped((world, scope) => everyId(kit, world).map((id) => attempt(scope, id, ...rest)));
  const read: Drive = scoped((world, scope) =>
    everyId(kit, world).flatMap((id) => selections.map((selection) => attempt(scope, id, selection))),
  );
  const change = kit.change(kit.harmless);
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
        attempt(scope, everyId(kit, world), ...rest),
        attempt(scope, everyRow('all that is mine'), ...rest),
      ]),
    );
  const behind = (...rest: readonly unknown[]): Drive => {
    return ({ mine, theirs }) =>
      inTurns(
        everyScope(kit, mine),
        behindConditions(kit.relations ?? { one: {}, many: {} }, theirs.canary),
        (scope, condition) => attempt(scope, condition, ...rest),
      );
  };
  // Each by itself is asked in scopes that must be refused, too.
  const purges = [{ conflictChecks: kit.conflictChecks ?? [] }, {}, { batchSize: 1 }];
  const stealing = (target: (world: World) => readonly unknown[]): Drive =>
    scoped((world, scope) => thefts(kit, world.theirs).map((theft) => attempt(scope, ...target(world), theft)));

  const drives: Readonly<Record<string, Drive>> = {
    get: read,
    find: read,
    loadMany: scoped((world, scope) => selections.map((selection) => attempt(scope, everyId(kit, world), selection))),
    ...readingDrives(kit),
    search: searchDrive(kit, call),
    pagesPerParent: pagesPerParentDrive(kit, call),
    count: conditioned((_, scope, condition) => [attempt(scope, condition, { includeDeleted: true })]),
    create: (world) => [...refusedCreations(kit, world), ...creations(kit, world)],
    // What differs is a row more here and a row less there, and so would every next value.
    createNext: (world) =>
      [...refusedCreations(kit, world), ...creations(kit, world)]
        .filter(({ differs }) => differs === undefined)
        .map(nextOf(kit)),
    ...bulkDrives(kit),
    update: together(
      byId(change),
      byId(kit.change({})),
      ...(kit.isVersioned === true
        ? [1, 99].map((expectedVersion) => byId({ ...(change as object), expectedVersion }))
        : []),
      stealing(({ mine }) => [kit.id(mine, 1)]),
    ),
    updateIf: together(
      scoped((world, scope) =>
        everyId(kit, world).flatMap((id) => [{}, { not: { or: [] } }].map((open) => attempt(scope, id, open, change))),
      ),
      conditioned(({ mine, theirs }, scope, condition) =>
        [theirs, mine].map((tenant) => attempt(scope, kit.id(tenant, 1), condition, change)),
      ),
      stealing(({ mine }) => [kit.id(mine, 1), {}]),
    ),
    delete: byId(),
    restore: byId(),
    purge: together(byId(), byId({ conflictChecks: kit.conflictChecks ?? [] })),
    batchUpdate: together(
      batch(change),
      stealing(() => [everyRow('all that is mine')]),
    ),
    batchDelete: batch(),
    // While there is something to lose: what must meet no row of mine comes first.
    batchPurge: together(
      ...purges.map((options) => together(behind(options), refused(kit, 'batchPurge', behind(options)))),
      ...purges.map((options) => batch(options)),
    ),
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

/** A row that is created with the next number of all, or of those with the same text. */
function nextOf(kit: Kit): (creation: Attempt, index: number) => Attempt {
  const { number, text } = kit.columns;
  return ({ args: [scope, spec], ...rest }, index) => {
    const { values } = spec as { readonly values: object };
    const rule = { column: number, per: index % 2 === 0 ? [] : [text] };
    return { ...rest, args: [scope, { values: { ...values, [number!]: undefined } }, rule] };
  };
}

/** The drives of the operations that a repository offers. */
export function offeredDrives(
  drives: Readonly<Record<string, Drive>>,
  operations: readonly string[],
): Readonly<Record<string, Drive>> {
  return Object.fromEntries(Object.entries(drives).filter(([operation]) => operations.includes(operation)));
}
