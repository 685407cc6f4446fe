import type { ClusterRecords } from '../cluster-records.js';
import { placedCluster } from '../placed-cluster.js';
import type { TenantDirectory } from '../tenants/tenant-directory.js';
import { SeededRandom } from './seeded-random.js';
import { syntheticAgents } from './synthetic-agents.js';
import { syntheticSessions } from './synthetic-sessions.js';

const SEED = 20_260_302;

/** A made-up cluster: 200 agents and 2,000 sessions of the tenants, the same at every call. */
export function syntheticCluster({ domains }: TenantDirectory): ClusterRecords {
  const random = new SeededRandom(SEED);
  const agents = syntheticAgents(random);
  return placedCluster(agents, syntheticSessions(domains, random));
}
