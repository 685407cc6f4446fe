import type { AgentCreationSpec } from '@holdfast/agent-repository';
import type { ResourceSlot, ScalingGroupName } from '@holdfast/domain-types';

/** Amounts in thousandths, which are whole numbers wherever a cluster starts from. */
type Thousandths = Map<string, number>;

interface Room {
  readonly agent: AgentCreationSpec;
  readonly left: Thousandths;
}

/** What is left of agents that are alive and open, while a cluster is put together. */
export class AgentRoom {
  readonly #byGroup = new Map<ScalingGroupName | undefined, Room[]>();

  constructor(agents: readonly AgentCreationSpec[]) {
    for (const agent of agents) {
      const isOpen = agent.schedulable !== false && (agent.past?.status ?? 'ALIVE') === 'ALIVE';
      if (!isOpen) continue;
      const rooms = this.#byGroup.get(agent.scalingGroupName) ?? [];
      rooms.push({ agent, left: thousandths(agent.availableSlots) });
      this.#byGroup.set(agent.scalingGroupName, rooms);
    }
  }

  /** Takes slots of the first agent that has them and is fit, or returns null. */
  take(
    group: ScalingGroupName,
    slots: ResourceSlot,
    isFit: (agent: AgentCreationSpec) => boolean,
  ): AgentCreationSpec | null {
    const wanted = [...thousandths(slots)];
    for (const { agent, left } of this.#byGroup.get(group) ?? []) {
      if (!wanted.every(([slot, amount]) => amount <= (left.get(slot) ?? 0)) || !isFit(agent)) continue;
      for (const [slot, amount] of wanted) left.set(slot, left.get(slot)! - amount);
      return agent;
    }
    return null;
  }
}

function thousandths(slots: ResourceSlot): Thousandths {
  return new Map(Object.entries(slots).map(([slot, amount]) => [slot, Math.round(Number(amount) * 1_000)]));
}
