import type { ReadSpec } from '@holdfast/base';
import { type BatchQuerier, batchQuerier, type Page, type Scope, where } from '@holdfast/querier';
import type { KernelInfo } from './kernel-info.js';
import { kernels } from './kernel-operations.js';
import type { KernelRow } from './kernel-row.js';
import { ownedScope } from './owned-scope.js';
import type { SessionRow } from './session-row.js';

/** What may be asked of the session that a kernel belongs to: whether it is there. */
const sessionOfKernel = { session: 'owned' } as never;

/** One page of the kernels that match, of sessions that are not deleted, or of all. */
export function kernelSearch(
  scope: Scope<SessionRow>,
  querier: BatchQuerier<KernelRow>,
  { includeDeleted = false }: { readonly includeDeleted?: boolean } = {},
): ReadSpec<Page<KernelInfo>> {
  const conditions = [...querier.conditions, where<KernelRow>({ session: { exists: true } })];
  const ofLiveSessions = includeDeleted ? querier : batchQuerier({ ...querier, conditions });
  return kernels.search(ownedScope<KernelRow>(scope, sessionOfKernel), ofLiveSessions);
}
