import { type CreatorSpec, newId } from '@holdfast/base';
import { type KernelId, slotsAreEqual, sumSlots } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import type { KernelCreationSpec } from './kernel-creation-spec.js';
import type { KernelPast } from './kernel-past.js';
import type { KernelRow } from './kernel-row.js';
import { givenOwner } from './session-owner.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';

/** The row of a kernel that is to be created. */
export type KernelCreator = CreatorSpec<KernelRow> & { readonly values: { readonly id: KernelId } };

/** The rows of the kernels of a new session, whose id is known. Throws `InvalidInput` where they are not what it asks for. */
export function kernelCreators(
  spec: SessionWithKernelsSpec & { readonly id: NonNullable<SessionWithKernelsSpec['id']> },
): readonly KernelCreator[] {
  const { kernels } = spec;
  if (kernels.length === 0) throw new InvalidInput('MISSING_VALUE', 'A session has at least one kernel.', '/kernels');
  if (spec.clusterSize !== undefined && spec.clusterSize !== kernels.length) {
    throw new InvalidInput('INVALID_VALUE', 'The cluster size is the number of kernels.', '/clusterSize');
  }
  checkSlots(spec);
  return kernels.map((kernel, i) => kernelCreator(spec, kernel, i));
}

function kernelCreator(spec: SessionWithKernelsSpec, kernel: KernelCreationSpec, i: number): KernelCreator {
  const minted = kernel.id === undefined ? [newId()] : [];
  return {
    minted,
    values: {
      id: kernel.id ?? (minted[0] as KernelId),
      sessionId: spec.id!,
      agentId: kernel.agentId ?? null,
      clusterRole: kernel.clusterRole ?? (i === 0 ? 'main' : 'sub'),
      clusterIdx: i + 1,
      image: kernel.image ?? spec.image,
      requestedSlots: kernel.requestedSlots ?? spec.requestedSlots,
      ...(kernel.past !== undefined && columnsOf(kernel.past)),
      ...givenOwner(spec),
    },
  };
}

function checkSlots({ kernels, requestedSlots }: SessionWithKernelsSpec): void {
  const asked = kernels.flatMap((kernel) => (kernel.requestedSlots === undefined ? [] : [kernel.requestedSlots]));
  if (asked.length === 0 && kernels.length === 1) return;
  if (asked.length < kernels.length) {
    throw new InvalidInput('MISSING_VALUE', 'Of several kernels each says what it asks for.', '/kernels');
  }
  if (slotsAreEqual(sumSlots(asked), requestedSlots)) return;
  throw new InvalidInput('INVALID_VALUE', 'The kernels ask for something else than the session.', '/kernels');
}

function columnsOf(past: KernelPast): Partial<KernelRow> {
  return {
    status: past.status,
    statusChangedAt: past.statusChangedAt ?? past.createdAt,
    createdAt: past.createdAt,
    terminatedAt: past.terminatedAt ?? null,
  };
}
