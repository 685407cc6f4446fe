import type { Cache } from '@holdfast/cache';
import type { AgentId } from '@holdfast/domain-types';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { AgentInfo } from './agent-info.js';
import type { AgentRow } from './agent-row.js';

/** Copies of agents, by their ids. */
export function agentCacheSource(cache: Cache | undefined): RowCacheSource<AgentRow, AgentInfo, AgentId> {
  return RowCacheSource.of(
    { layer: 'agent_cache_source', entity: 'agent', idType: 'text', version: 1, upsertsBy: 'id' },
    cache,
  );
}
