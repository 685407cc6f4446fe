import type { ClusterRecords } from '../cluster-records.js';
import type { TenantDirectory } from '../tenants/tenant-directory.js';
import { agentOfNode } from './agent-of-node.js';
import type { Trace } from './read-trace.js';
import { sessionOfPod } from './session-of-pod.js';

/** The cluster that a trace tells of. */
export function traceCluster(trace: Trace, directory: TenantDirectory): ClusterRecords {
  return {
    agents: trace.nodes.map(agentOfNode),
    sessions: trace.pods.map((pod) => sessionOfPod(pod, directory)),
  };
}
