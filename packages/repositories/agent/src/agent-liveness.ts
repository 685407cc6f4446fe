import type { Database } from '@holdfast/base';
import { type Liveness, type LivenessAnswer, StateUnavailable } from '@holdfast/cache';
import type { AgentId } from '@holdfast/domain-types';
import { freeze, type Scope } from '@holdfast/querier';
import { AgentDbSource } from './agent-db-source.js';
import type { AgentHeartbeat, AgentLives } from './agent-heartbeat.js';
import { agentLivenessResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import { AgentStatefulSource, type AgentStatefulSourceArgs } from './agent-stateful-source.js';

export interface AgentLivenessArgs extends AgentStatefulSourceArgs {
  readonly database: Database;
}

type Known = LivenessAnswer<'containers'>;

/**
 * Whether agents live, by their heartbeats. Those are in Redis alone, because they are many and soon of no use; which agents
 * there are, and who may see them, is in the database. What Redis has forgotten, or cannot say now, is `unknown`: no agent is
 * taken for lost because Redis was.
 */
export class AgentLiveness {
  readonly #dbSource: AgentDbSource;
  readonly #statefulSource: AgentStatefulSource;

  constructor({ database, ...args }: AgentLivenessArgs) {
    this.#dbSource = new AgentDbSource(database, {});
    this.#statefulSource = new AgentStatefulSource(args);
  }

  /** Agents were heard of, any number of them at once. Sends nothing to the database. Throws StateUnavailable. */
  @agentLivenessResilience.apply()
  recordHeartbeats(heartbeats: readonly AgentHeartbeat[]): Promise<void> {
    return this.#statefulSource.hear(
      heartbeats.map(({ id, containers }) => ({ id, ...(containers === undefined ? {} : { counts: { containers } }) })),
    );
  }

  /**
   * Adds to the number of containers that an agent runs, in one step, and resolves to the new one: null where it is not
   * known, until the agent says it again. Throws StateUnavailable: then it may have been added.
   */
  @agentLivenessResilience.apply()
  async changeContainers(id: AgentId, delta: number): Promise<number | null> {
    return (await this.#statefulSource.change(id, { containers: delta }))?.containers ?? null;
  }

  /** What is known of these agents, in their order; those that the scope does not show are left out. */
  @agentLivenessResilience.apply()
  async getLives(scope: Scope<AgentRow>, ids: readonly AgentId[]): Promise<AgentLives> {
    return this.#lives(scope, await known(() => this.#statefulSource.look(ids), ids));
  }

  /**
   * The agents that have fallen silent, the longest first, up to `limit` (default and most 1,000) of all scopes. Ask for it
   * every few seconds, whether or not anybody wants to know: what was not asked for long is not known.
   */
  @agentLivenessResilience.apply()
  async listSilentAgents(scope: Scope<AgentRow>, limit?: number): Promise<AgentLives> {
    return this.#lives(scope, await known(() => this.#statefulSource.listSilent(limit), []));
  }

  /** Agents are known to be gone. Throws StateUnavailable. */
  @agentLivenessResilience.apply()
  forgetAgents(ids: readonly AgentId[]): Promise<void> {
    return this.#statefulSource.forget(ids);
  }

  async #lives(scope: Scope<AgentRow>, { hearingForMs, items }: Known): Promise<AgentLives> {
    const agents = await this.#dbSource.loadMany(
      scope,
      items.map(({ id }) => id as AgentId),
    );
    const lives = items.flatMap(({ state, heardMsAgo, counts }, at) => {
      const agent = agents[at];
      return agent === null || agent === undefined ? [] : [{ agent, state, heardMsAgo, containers: counts.containers }];
    });
    return freeze({ hearingForMs, items: lives });
  }
}

/** What Redis cannot say now is unknown. */
async function known(ask: () => Promise<Known>, ids: readonly string[]): Promise<Known> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StateUnavailable)) throw error;
    return { hearingForMs: 0, items: ids.map(unknown) };
  }
}

function unknown(id: string): Liveness<'containers'> {
  return { id, state: 'unknown', heardMsAgo: null, counts: { containers: null } };
}
