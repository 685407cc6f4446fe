import {
  type BatchResult,
  type CreatorSpec,
  newId,
  owned,
  type UnitOfWork,
  unitSpec,
  type UnitWrite,
} from '@holdfast/base';
import { resourceSlot, sessionId, type SessionId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { canonicalText, freeze, type Scope } from '@holdfast/querier';
import { addDependencies } from './add-dependencies.js';
import { allocateSlots, type NewAllocation } from './allocate-slots.js';
import { type KernelCreator, kernelCreators } from './kernel-creators.js';
import { kernels } from './kernel-operations.js';
import type { KernelPast } from './kernel-past.js';
import { ownedScope } from './owned-scope.js';
import { sessionWithKernelsCreator } from './session-creator.js';
import type { SessionDependency } from './session-dependency-graph.js';
import { sessions } from './session-operations.js';
import type { SessionRow } from './session-row.js';
import type { SessionWithKernels } from './session-with-kernels.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import { checkList } from './spec-values.js';
import { vfolderMountCreators } from './vfolder-mount-creators.js';
import { vfolderMounts } from './vfolder-mount-operations.js';
import type { VfolderMountRow } from './vfolder-mount-row.js';

/** How many sessions go together: as many as a statement takes. */
const PIECE = 1_000;

/** The rows of new sessions and of what belongs to them. */
interface Rows {
  readonly sessions: readonly CreatorSpec<SessionRow>[];
  readonly kernels: readonly KernelCreator[];
  readonly allocations: readonly NewAllocation[];
  readonly mounts: readonly CreatorSpec<VfolderMountRow>[];
  readonly dependencies: readonly SessionDependency[];
}

/** Creates a session and all that belongs to it, in one transaction. */
export function createWithKernels(
  scope: Scope<SessionRow>,
  spec: SessionWithKernelsSpec,
): UnitWrite<SessionWithKernels> {
  const rows = rowsOf([spec], () => '');
  const create = async (work: UnitOfWork): Promise<SessionWithKernels> => {
    const session = await work.execute(sessions.create(scope, rows.sessions[0]!));
    const made = await work.execute(kernels.bulkCreate(ownedScope(scope), rows.kernels));
    await createRest(work, scope, rows);
    await addAll(work, scope, rows);
    return freeze({ session, kernels: made });
  };
  return owned(scope, unitSpec('createWithKernels', create, { payload: askingFor([spec]) }));
}

/** Creates many, all or none. */
export function bulkCreateWithKernels(
  scope: Scope<SessionRow>,
  specs: readonly SessionWithKernelsSpec[],
): UnitWrite<BatchResult> {
  const pieces = piecesOf(specs).map((piece, i) => rowsOf(piece, (j) => `/${i * PIECE + j}`));
  const create = async (work: UnitOfWork): Promise<BatchResult> => {
    for (const rows of pieces) {
      await work.execute(sessions.bulkCreate(scope, rows.sessions, { returning: 'count' }));
      await work.execute(kernels.bulkCreate(ownedScope(scope), rows.kernels, { returning: 'count' }));
      await createRest(work, scope, rows);
    }
    // Once all are there: whichever piece a session is in, others may wait for it.
    for (const rows of pieces) await addAll(work, scope, rows);
    return Object.freeze({ count: specs.length });
  };
  return owned(scope, unitSpec('bulkCreateWithKernels', create, { payload: askingFor(specs) }));
}

/** What an operation key is bound to: what is asked for, without the ids that are made here. */
function askingFor(specs: readonly SessionWithKernelsSpec[]): () => string {
  return () => canonicalText(specs);
}

async function createRest(work: UnitOfWork, scope: Scope<SessionRow>, rows: Rows): Promise<void> {
  for (const allocations of piecesOf(rows.allocations)) {
    await work.execute(allocateSlots(scope, allocations));
  }
  if (rows.mounts.length > 0) {
    await work.execute(vfolderMounts.bulkCreate(ownedScope(scope), rows.mounts, { returning: 'count' }));
  }
}

async function addAll(work: UnitOfWork, scope: Scope<SessionRow>, { dependencies }: Rows): Promise<void> {
  if (dependencies.length > 0) await work.execute(addDependencies(scope, dependencies));
}

/** Throws what is wrong with a spec, by its place. */
function rowsOf(specs: readonly SessionWithKernelsSpec[], placeOf: (index: number) => string): Rows {
  const rows = specs.map((spec, i) => inPlace(placeOf(i), () => rowsOfOne(spec)));
  return {
    sessions: rows.flatMap((one) => one.sessions),
    kernels: rows.flatMap((one) => one.kernels),
    allocations: rows.flatMap((one) => one.allocations),
    mounts: rows.flatMap((one) => one.mounts),
    dependencies: rows.flatMap((one) => one.dependencies),
  };
}

function rowsOfOne(given: SessionWithKernelsSpec): Rows {
  checkList(given.kernels, '/kernels');
  const spec = {
    ...given,
    id: given.id ?? (newId() as SessionId),
    clusterSize: given.clusterSize ?? given.kernels.length,
  };
  const creator = sessionWithKernelsCreator(spec);
  const made = kernelCreators(spec);
  const { dependsOn = [] } = spec;
  checkList(dependsOn, '/dependsOn');
  return {
    sessions: [given.id === undefined ? { ...creator, minted: [spec.id] } : creator],
    kernels: made,
    allocations: spec.kernels.map(({ past }, i) => allocationOf(made[i]!.values, past, `/kernels/${i}/past`)),
    mounts: vfolderMountCreators(spec),
    dependencies: dependsOn.map((other, i) => {
      sessionId(other, `/dependsOn/${i}`);
      return { sessionId: spec.id, dependsOn: other };
    }),
  };
}

function allocationOf(
  { id, status, terminatedAt = null }: KernelCreator['values'],
  past: KernelPast | undefined,
  at: string,
): NewAllocation {
  const { usedSlots = null, freedAt = null } = past ?? {};
  if (usedSlots !== null && status === 'PENDING') {
    throw new InvalidInput('INVALID_VALUE', 'A kernel that waits uses nothing.', `${at}/usedSlots`);
  }
  return {
    kernelId: id,
    usedSlots: usedSlots === null ? null : resourceSlot(usedSlots, `${at}/usedSlots`),
    freedAt: freedAt ?? (terminatedAt as Date | null),
  };
}

function inPlace<Result>(place: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidInput) || place === '') throw error;
    throw new InvalidInput(error.reason, error.message, `${place}${error.pointer}`, error.cause);
  }
}

function piecesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / PIECE);
  return Array.from({ length: count }, (_, i) => items.slice(i * PIECE, (i + 1) * PIECE));
}
