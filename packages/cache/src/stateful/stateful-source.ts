import { InvalidInput, Misuse } from '@holdfast/errors';
import type { LayerType } from '@holdfast/operation';
import { type Resilience, sourceResilience } from '@holdfast/resilience';
import type { RedisPort } from '../redis/redis-port.js';
import type { RedisReply } from '../redis/redis-reply.js';
import type { RedisScript } from '../redis/redis-script.js';
import type { Liveness, LivenessAnswer, LivenessReport, LivenessState } from './liveness.js';
import { StateUnavailable } from './state-unavailable.js';
import { change, forget, hear, listSilent, look } from './stateful-scripts.js';

export interface StatefulSourceArgs<Count extends string> {
  readonly redis: RedisPort;
  /** The layer of its metrics, e.g. `agent_stateful_source`. */
  readonly layer: LayerType;
  /** What tells of itself, e.g. `agent`: a part of the keys. */
  readonly entity: string;
  /** What is counted of each, e.g. `['containers']`. */
  readonly counts: readonly Count[];
  /**
   * How long one may be silent, in milliseconds; several times the interval at which it tells of itself. Somebody must use
   * the source more often than every half of it, e.g. by `listSilent`: a longer gap is taken for a server that was away.
   */
  readonly silentAfterMs: number;
  /** When one that is silent is forgotten, in milliseconds. Default a day. */
  readonly forgetAfterMs?: number;
  /** What all keys begin with. Default `holdfast`. */
  readonly prefix?: string;
}

const MOST_IN_ONE_TRIP = 1_000;
const DAY_MS = 86_400_000;

/**
 * Data whose truth is Redis: who was heard of, and counts that they tell. No database holds them, so that nothing can be
 * filled again; what the server has lost is `unknown` until it is told again. All methods reject with `StateUnavailable`
 * where the server does not do what it is asked.
 */
export class StatefulSource<Count extends string = never> {
  readonly #redis: RedisPort;
  readonly #layer: Resilience;
  readonly #keys: readonly string[];
  readonly #counts: readonly Count[];
  readonly #silentAfterMs: number;
  readonly #times: readonly string[];

  constructor(args: StatefulSourceArgs<Count>) {
    const { redis, layer, entity, counts, silentAfterMs, forgetAfterMs = DAY_MS, prefix = 'holdfast' } = args;
    if (!(Number.isSafeInteger(silentAfterMs) && silentAfterMs > 1 && forgetAfterMs > silentAfterMs)) {
      throw new Misuse('silentAfterMs of a stateful source is a whole number above 1, and less than forgetAfterMs.');
    }
    this.#redis = redis;
    this.#layer = sourceResilience(layer, 'valkey');
    this.#keys = ['heard', 'counts', 'hearing'].map((name) => `${prefix}:{${entity}}:${name}`);
    this.#counts = counts;
    this.#silentAfterMs = silentAfterMs;
    this.#times = [Math.floor(silentAfterMs / 2), Math.floor(forgetAfterMs)].map(String);
  }

  /** They told of themselves: one trip for a thousand of them. */
  hear(reports: readonly LivenessReport<Count>[]): Promise<void> {
    return this.#layer.execute('hear', async () => {
      const told = reports.map(({ id, counts }) => [
        checkedId(id),
        ...this.#counts.map((count) => written(counts?.[count])),
      ]);
      for (const some of parts(told)) await this.#run(hear, [...this.#names(), ...some.flat()]);
    });
  }

  /**
   * Adds to counts of one, in one step: all or none. Resolves to the new ones, and to null where one of them is not known:
   * from what was lost nothing can be counted on.
   */
  change(
    id: string,
    deltas: Readonly<Partial<Record<Count, number>>>,
  ): Promise<Readonly<Partial<Record<Count, number>>> | null> {
    return this.#layer.execute('change', async () => {
      const changed = this.#counts.filter((count) => deltas[count] !== undefined);
      const args = changed.flatMap((count) => [count, written(deltas[count])]);
      const sums = (await this.#run(change, [checkedId(id), ...args])) as readonly number[] | null;
      if (sums === null) return null;
      return Object.freeze(Object.fromEntries(changed.map((count, at) => [count, sums[at]!]))) as Partial<
        Record<Count, number>
      >;
    });
  }

  /** What is known of these, in their order. */
  look(ids: readonly string[]): Promise<LivenessAnswer<Count>> {
    return this.#layer.execute('look', async () => {
      let hearingForMs = Infinity;
      const items: Liveness<Count>[] = [];
      for (const some of parts(ids.map(checkedId))) {
        const [forMs, ...cells] = (await this.#run(look, [...this.#names(), ...some])) as [number, ...RedisReply[]];
        hearingForMs = Math.min(hearingForMs, forMs);
        const width = 1 + this.#counts.length;
        items.push(...some.map((id, at) => this.#liveness(id, forMs, cells.slice(at * width, (at + 1) * width))));
      }
      return Object.freeze({ hearingForMs, items: Object.freeze(items) });
    });
  }

  /** Those who are silent, the longest first. None while that is not known, see `hearingForMs`. */
  listSilent(limit = MOST_IN_ONE_TRIP): Promise<LivenessAnswer<Count>> {
    return this.#layer.execute('listSilent', async () => {
      if (!(Number.isSafeInteger(limit) && limit > 0 && limit <= MOST_IN_ONE_TRIP)) {
        throw new InvalidInput('INVALID_VALUE', `A limit is a whole number from 1 to ${MOST_IN_ONE_TRIP}.`, '/limit');
      }
      const args = [String(this.#silentAfterMs), String(limit)];
      const [hearingForMs, ...ids] = (await this.#run(listSilent, args)) as [number, ...string[]];
      if (ids.length === 0) return Object.freeze({ hearingForMs, items: Object.freeze([]) });
      const answer = await this.look(ids);
      // Some of them may just have been heard of.
      return Object.freeze({ ...answer, items: Object.freeze(answer.items.filter(({ state }) => state === 'silent')) });
    });
  }

  /** They are known to be gone: they are not silent any more, but unknown. */
  forget(ids: readonly string[]): Promise<void> {
    return this.#layer.execute('forget', async () => {
      for (const some of parts(ids.map(checkedId))) await this.#run(forget, [...this.#names(), ...some]);
    });
  }

  #names(): readonly string[] {
    return [String(this.#counts.length), ...this.#counts];
  }

  async #run(script: RedisScript, args: readonly string[]): Promise<RedisReply> {
    try {
      return await this.#redis.evalScript(script, this.#keys, [...this.#times, ...args]);
    } catch (error) {
      throw new StateUnavailable(error);
    }
  }

  #liveness(id: string, hearingForMs: number, [heard, ...told]: readonly RedisReply[]): Liveness<Count> {
    const heardMsAgo = heard === null || heard === undefined ? null : Number(heard);
    const known = (value: RedisReply | undefined): number | null =>
      value === null || value === undefined ? null : Number(value);
    const counts = Object.fromEntries(this.#counts.map((count, at) => [count, known(told[at])]));
    return Object.freeze({
      id,
      state: this.#stateOf(heardMsAgo, hearingForMs),
      heardMsAgo,
      counts: Object.freeze(counts) as Record<Count, number | null>,
    });
  }

  #stateOf(heardMsAgo: number | null, hearingForMs: number): LivenessState {
    if (heardMsAgo === null) return 'unknown';
    if (heardMsAgo <= this.#silentAfterMs) return 'heard';
    return hearingForMs > this.#silentAfterMs ? 'silent' : 'unknown';
  }
}

function checkedId(id: string): string {
  if (typeof id !== 'string' || id === '')
    throw new InvalidInput('INVALID_ID', 'An id is a text with something in it.', '/id');
  return id;
}

function written(count: number | undefined): string {
  if (count === undefined) return '';
  if (!Number.isSafeInteger(count)) throw new InvalidInput('INVALID_VALUE', 'A count is a whole number.', '/counts');
  return String(count);
}

function* parts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += MOST_IN_ONE_TRIP) yield items.slice(from, from + MOST_IN_ONE_TRIP);
}
