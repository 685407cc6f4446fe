import type { AgentCreationSpec } from '@holdfast/agent-repository';
import { agentId, resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import type { TraceNode } from './node-schema.js';
import {
  CPU_GROUP,
  GPU_GROUP,
  TRACE_AGENT_VERSION,
  TRACE_ARCHITECTURE,
  TRACE_BEGINNING,
  TRACE_REGION,
} from './trace-mapping.js';

const MEBIBYTE = 1024 ** 2;

/** The agent that a node of a trace stands for. */
export function agentOfNode(node: TraceNode): AgentCreationSpec {
  return {
    id: agentId(node.sn),
    region: TRACE_REGION,
    scalingGroupName: scalingGroupName(node.gpu > 0 ? GPU_GROUP : CPU_GROUP),
    availableSlots: resourceSlot({
      cpu: node.cpu_milli / 1_000,
      mem: node.memory_mib * MEBIBYTE,
      ...(node.gpu > 0 ? { 'cuda.shares': node.gpu } : {}),
    }),
    gpuModel: node.model === '' ? null : node.model,
    addr: `trace://${node.sn}`,
    version: TRACE_AGENT_VERSION,
    architecture: TRACE_ARCHITECTURE,
    past: { status: 'ALIVE', firstContact: TRACE_BEGINNING },
  };
}
