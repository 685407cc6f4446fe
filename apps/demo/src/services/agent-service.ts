import type {
  AgentCreationSpec,
  AgentInfo,
  AgentRepository,
  AgentRow,
  AgentStatus,
  AgentUpdate,
} from '@holdfast/agent-repository';
import type { AgentId } from '@holdfast/domain-types';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';
import { Forbidden } from '../http/request-refused.js';
import type { Principal } from '../tenants/principal.js';

type Target = readonly AgentId[] | QueryCondition<AgentRow>;

/** Agents: everybody sees those of the scaling groups that are theirs to use, and the superadmin changes them. */
export class AgentService {
  readonly #repository: AgentRepository;

  constructor(repository: AgentRepository) {
    this.#repository = repository;
  }

  search(principal: Principal, querier: BatchQuerier<AgentRow>): Promise<Page<AgentInfo>> {
    return this.#repository.search(principal.agents, querier);
  }

  get(principal: Principal, id: AgentId): Promise<AgentInfo> {
    return this.#repository.get(principal.agents, id);
  }

  async create(principal: Principal, spec: AgentCreationSpec): Promise<AgentInfo> {
    return this.#repository.create(changeable(principal), spec);
  }

  async bulkCreate(principal: Principal, specs: readonly AgentCreationSpec[]): Promise<readonly AgentInfo[]> {
    return this.#repository.bulkCreate(changeable(principal), specs);
  }

  async update(principal: Principal, id: AgentId, change: AgentUpdate): Promise<AgentInfo> {
    return this.#repository.update(changeable(principal), id, change);
  }

  async updateStatus(principal: Principal, id: AgentId, status: AgentStatus): Promise<AgentInfo> {
    return this.#repository.updateStatus(changeable(principal), id, status);
  }

  async delete(principal: Principal, id: AgentId): Promise<AgentInfo> {
    return this.#repository.delete(changeable(principal), id);
  }

  async restore(principal: Principal, id: AgentId): Promise<AgentInfo> {
    return this.#repository.restore(changeable(principal), id);
  }

  async purge(principal: Principal, id: AgentId): Promise<AgentInfo> {
    return this.#repository.purge(changeable(principal), id);
  }

  async batchUpdate(principal: Principal, target: Target, change: AgentUpdate): Promise<{ readonly count: number }> {
    return this.#repository.batchUpdate(changeable(principal), target, change);
  }

  async batchDelete(principal: Principal, target: Target): Promise<{ readonly count: number }> {
    return this.#repository.batchDelete(changeable(principal), target);
  }

  async batchPurge(principal: Principal, target: Target): Promise<{ readonly count: number }> {
    return this.#repository.batchPurge(changeable(principal), target);
  }
}

/** Throws `Forbidden` for everybody but the superadmin: agents belong to no tenant. */
function changeable({ agentsToChange }: Principal): Scope<AgentRow> {
  if (agentsToChange === null) throw new Forbidden('Only the superadmin changes agents.');
  return agentsToChange;
}
