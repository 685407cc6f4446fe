import { type RedisPort, StatefulSource } from '@holdfast/cache';

export interface AgentStatefulSourceArgs {
  readonly redis: RedisPort;
  /** How long an agent may be silent, in milliseconds. Default 60,000: several times the interval of heartbeats. */
  readonly silentAfterMs?: number;
  /** What all keys begin with. Default `holdfast`. */
  readonly prefix?: string;
}

/** What only Redis knows of agents: when each was heard of, and how many containers it runs. */
export class AgentStatefulSource extends StatefulSource<'containers'> {
  constructor({ silentAfterMs = 60_000, ...args }: AgentStatefulSourceArgs) {
    super({ ...args, layer: 'agent_stateful_source', entity: 'agent', counts: ['containers'], silentAfterMs });
  }
}
