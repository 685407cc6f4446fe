import type { AgentCreationSpec } from '@holdfast/agent-repository';
import { agentId, resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import type { SeededRandom } from './seeded-random.js';
import { SYNTHETIC_BEGINNING } from './synthetic-beginning.js';

interface Fleet {
  readonly group: string;
  readonly count: number;
  readonly gpuModel: string | null;
  readonly gpus: number;
  readonly cpus: number;
}

const fleets: readonly Fleet[] = [
  { group: 'research-gpu', count: 60, gpuModel: 'A100', gpus: 8, cpus: 128 },
  { group: 'production-gpu', count: 50, gpuModel: 'H100', gpus: 8, cpus: 192 },
  { group: 'common', count: 40, gpuModel: 'T4', gpus: 4, cpus: 64 },
  { group: 'common', count: 50, gpuModel: null, gpus: 0, cpus: 96 },
];

const GIBIBYTE = 1024 ** 3;
const MINUTE_MS = 60_000;

/** The 200 agents of the synthetic cluster. */
export function syntheticAgents(random: SeededRandom): readonly AgentCreationSpec[] {
  const agents = fleets.flatMap((fleet) => Array.from({ length: fleet.count }, () => fleet));
  return agents.map((fleet, index) => agentOf(fleet, index, random));
}

function agentOf(fleet: Fleet, index: number, random: SeededRandom): AgentCreationSpec {
  const status = random.weighted({ ALIVE: 94, LOST: 3, RESTARTING: 2, TERMINATED: 1 });
  const firstContact = new Date(SYNTHETIC_BEGINNING.getTime() + index * MINUTE_MS);
  const changedAt =
    status === 'ALIVE' ? firstContact : new Date(firstContact.getTime() + random.between(1, 5_000) * MINUTE_MS);
  return {
    id: agentId(`i-${fleet.group}-${String(index + 1).padStart(3, '0')}`),
    region: random.oneOf(['eu-central', 'eu-north']),
    scalingGroupName: scalingGroupName(fleet.group),
    schedulable: random.next() < 0.97,
    availableSlots: resourceSlot({
      cpu: fleet.cpus,
      mem: fleet.cpus * 4 * GIBIBYTE,
      ...(fleet.gpus > 0 ? { 'cuda.shares': fleet.gpus } : {}),
    }),
    gpuModel: fleet.gpuModel,
    addr: `tcp://10.0.${Math.floor(index / 250)}.${(index % 250) + 1}:6001`,
    version: '26.1.0',
    architecture: 'x86_64',
    past: { status, statusChangedAt: changedAt, firstContact, lostAt: status === 'LOST' ? changedAt : null },
  };
}
