import type { KernelId, SessionId } from '@holdfast/domain-types';
import { type BatchQuerier, batchQuerier, type Page, where } from '@holdfast/querier';
import { type KernelInfo, KernelNotFound, type KernelRow, type SessionRepository } from '@holdfast/session-repository';
import type { Principal } from '../tenants/principal.js';

/** The kernels of sessions, as far as an access key reaches. */
export class KernelService {
  readonly #repository: SessionRepository;

  constructor(repository: SessionRepository) {
    this.#repository = repository;
  }

  search(principal: Principal, querier: BatchQuerier<KernelRow>): Promise<Page<KernelInfo>> {
    return this.#repository.searchKernels(principal.sessions, querier);
  }

  /** Throws `KernelNotFound`, of a deleted session too. */
  async get(principal: Principal, id: KernelId): Promise<KernelInfo> {
    const conditions = [where<KernelRow>({ id: { eq: id } })];
    const { items } = await this.search(principal, batchQuerier({ conditions, pagination: { limit: 1, offset: 0 } }));
    if (items[0] === undefined) throw new KernelNotFound(id);
    return items[0];
  }

  /** All of one session, by their index in its cluster. Throws `SessionNotFound`. */
  listOfSession(principal: Principal, id: SessionId): Promise<readonly KernelInfo[]> {
    return this.#repository.listKernels(principal.sessions, id);
  }
}
