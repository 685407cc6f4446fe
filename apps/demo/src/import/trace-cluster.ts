import type { AgentCreationSpec } from '@holdfast/agent-repository';
import type { SessionCreationSpec } from '@holdfast/session-repository';
import type { ClusterRecords } from '../cluster-records.js';
import { placedCluster } from '../placed-cluster.js';
import type { TenantDirectory } from '../tenants/tenant-directory.js';
import { agentOfNode } from './agent-of-node.js';
import type { Trace } from './read-trace.js';
import { sessionOfPod } from './session-of-pod.js';

/** The cluster that a trace tells of. It does not tell where pods run: they are placed one after the other. */
export function traceCluster(trace: Trace, directory: TenantDirectory): ClusterRecords {
  const sessions = trace.pods.map((pod) => sessionOfPod(pod, directory));
  return placedCluster(trace.nodes.map(agentOfNode), sessions, hasModel);
}

/** Whether an agent has a GPU of the models that a pod was given, which its session bears as its tag. */
function hasModel({ tag }: SessionCreationSpec, { gpuModel }: AgentCreationSpec): boolean {
  return tag === null || tag === undefined || tag.split('|').includes(gpuModel ?? '');
}
