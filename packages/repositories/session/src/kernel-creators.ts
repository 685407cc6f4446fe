import { type CreatorSpec, newId } from '@holdfast/base';
import { agentId, kernelId, type KernelId, resourceSlot, slotsAreEqual, sumSlots } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import { checkedPast } from './checked-past.js';
import type { KernelCreationSpec } from './kernel-creation-spec.js';
import type { KernelPast } from './kernel-past.js';
import type { KernelRow } from './kernel-row.js';
import { givenOwner } from './session-owner.js';
import { isTerminal } from './session-status.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import { checkList, checkMoment, checkText } from './spec-values.js';

/** The row of a kernel that is to be created. */
export type KernelCreator = CreatorSpec<KernelRow> & { readonly values: { readonly id: KernelId } };

const members: ReadonlySet<string> = new Set<keyof KernelCreationSpec>([
  'id',
  'image',
  'clusterRole',
  'requestedSlots',
  'agentId',
  'past',
]);
const pastMembers: ReadonlySet<string> = new Set<keyof KernelPast>([
  'status',
  'statusChangedAt',
  'usedSlots',
  'freedAt',
  'createdAt',
  'scheduledAt',
  'terminatedAt',
]);

/** The rows of the kernels of a new session, whose id is known. Throws `InvalidInput` where they are not what it asks for. */
export function kernelCreators(
  spec: SessionWithKernelsSpec & { readonly id: NonNullable<SessionWithKernelsSpec['id']> },
): readonly KernelCreator[] {
  const { kernels } = spec;
  checkList(kernels, '/kernels');
  if (kernels.length === 0) throw new InvalidInput('MISSING_VALUE', 'A session has at least one kernel.', '/kernels');
  if (spec.clusterSize !== undefined && spec.clusterSize !== kernels.length) {
    throw new InvalidInput('INVALID_VALUE', 'The cluster size is the number of kernels.', '/clusterSize');
  }
  checkSlots(spec);
  return kernels.map((kernel, i) => kernelCreator(spec, kernel, i));
}

function kernelCreator(spec: SessionWithKernelsSpec, kernel: KernelCreationSpec, i: number): KernelCreator {
  const minted = kernel.id === undefined ? [newId()] : [];
  const at = `/kernels/${i}`;
  if (kernel.id !== undefined) kernelId(kernel.id, `${at}/id`);
  if (kernel.agentId !== undefined && kernel.agentId !== null) agentId(kernel.agentId, `${at}/agentId`);
  const { clusterRole = i === 0 ? 'main' : 'sub', image = spec.image } = kernel;
  checkText(clusterRole, `${at}/clusterRole`);
  checkText(image, `${at}/image`);
  return {
    minted,
    values: {
      id: kernel.id ?? (minted[0] as KernelId),
      sessionId: spec.id!,
      agentId: kernel.agentId ?? null,
      clusterRole,
      clusterIdx: i + 1,
      image,
      requestedSlots: resourceSlot(kernel.requestedSlots ?? spec.requestedSlots, `${at}/requestedSlots`),
      ...pastOf(spec, kernel, at),
      ...givenOwner(spec),
    },
  };
}

function checkSlots({ kernels, requestedSlots }: SessionWithKernelsSpec): void {
  kernels.forEach((kernel, i) => checkMembers(kernel, members, `/kernels/${i}`));
  const whole = resourceSlot(requestedSlots, '/requestedSlots');
  const asked = kernels.flatMap(({ requestedSlots: own }, i) =>
    own === undefined ? [] : [resourceSlot(own, `/kernels/${i}/requestedSlots`)],
  );
  if (asked.length === 0 && kernels.length === 1) return;
  if (asked.length < kernels.length) {
    throw new InvalidInput('MISSING_VALUE', 'Of several kernels each says what it asks for.', '/kernels');
  }
  if (slotsAreEqual(sumSlots(asked), whole)) return;
  throw new InvalidInput('INVALID_VALUE', 'The kernels ask for something else than the session.', '/kernels');
}

/** What became of a kernel: what became of its session, unless it is told apart. */
function pastOf({ past: whole }: SessionWithKernelsSpec, { past }: KernelCreationSpec, at: string): Partial<KernelRow> {
  if (past === undefined) return whole === undefined ? {} : withPlace(checkedPast(whole, '/past'));
  checkMembers(past, pastMembers, `${at}/past`);
  const columns = checkedPast(past, `${at}/past`);
  const status = whole?.status ?? 'PENDING';
  const rule = isTerminal(status) ? isTerminal(columns.status) : status !== 'PENDING' || columns.status === 'PENDING';
  if (rule) return withPlace(columns, past.scheduledAt, `${at}/past/scheduledAt`);
  throw new InvalidInput(
    'INVALID_VALUE',
    `A kernel of a session that is ${status} is not ${columns.status}.`,
    `${at}/past/status`,
  );
}

/** The columns of a past with when the kernel was scheduled. */
function withPlace(
  columns: ReturnType<typeof checkedPast>,
  given?: Date | null,
  pointer = '',
): Pick<KernelRow, 'scheduledAt'> & typeof columns {
  const { status, createdAt, terminatedAt } = columns;
  if (given === null) return { ...columns, scheduledAt: null };
  if (given === undefined)
    return { ...columns, scheduledAt: ['PENDING', 'CANCELLED'].includes(status) ? null : createdAt };
  checkMoment(given, pointer);
  if (status !== 'PENDING' && given >= createdAt && (terminatedAt === null || given <= terminatedAt)) {
    return { ...columns, scheduledAt: given };
  }
  throw new InvalidInput('INVALID_VALUE', 'A kernel is scheduled after it was created and before it ends.', pointer);
}
