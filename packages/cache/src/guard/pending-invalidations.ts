import type { Clock } from '@holdfast/operation';
import type { CacheSuspension } from '../cache-source.js';
import { everyKeyLike } from '../key/cache-key.js';
import { bySlot, slotOf } from '../key/by-slot.js';
import { Backoff } from './backoff.js';

export interface PendingInvalidationsArgs {
  readonly clock: Clock;
  readonly random: () => number;
  /** How long what a lost invalidation should have removed may be there. */
  readonly lifeMs: number;
  /** The most keys that are remembered one by one; of more, all entries like them are. */
  readonly maxKeys: number;
  /** Invalidates, or ends the suspension, which does the same for its keys. */
  readonly deliver: (keys: readonly string[], suspension: CacheSuspension | null) => Promise<void>;
  /** Hears how many keys are pending, whenever that has changed. */
  readonly changed: (keys: number) => void;
  /** Hears of keys that are pending no longer: what was never delivered is `expired`. */
  readonly over: (keys: number, outcome: 'late' | 'expired') => void;
}

/** A write that its server does not know of. */
export interface PendingWrite {
  /** It is over, and its server is to be told. */
  over(): void;
  /** It is over, and its server was told. */
  delivered(): void;
}

/** What a key is to be delivered by: one delivery does for all that were asked for before it. */
interface Due {
  readonly key: string;
  readonly suspension: CacheSuspension | null;
  /** From then on nothing can be left that it would remove. */
  readonly untilMs: number;
}

/** What is due of the keys that lie in one slot, and so on one server. */
interface Slot {
  readonly due: Map<string, Due>;
  /** How many are tried at once: one after a failure, twice as many after each success. */
  most: number;
}

interface Held {
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly suspension: CacheSuspension | null;
  readonly untilMs: number;
}

/** How many keys are tried at once. */
const MOST = 500;

/**
 * Remembers invalidations that could not be delivered: their keys are not to be trusted in this process until they are, or
 * until nothing can be left that was stored before. They are tried again for as long.
 */
export class PendingInvalidations {
  readonly #args: PendingInvalidationsArgs;
  /** How often each key is due or held. */
  readonly #keys = new Map<string, number>();
  readonly #slots = new Map<string, Slot>();
  /** Writes that are not over, in the order in which they are taken to be. */
  readonly #held = new Set<Held>();
  readonly #backoff: Backoff;
  #everythingUntilMs = -Infinity;
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(args: PendingInvalidationsArgs) {
    this.#args = args;
    this.#backoff = new Backoff(args.clock, args.random);
  }

  /** How many keys there are. */
  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.has(key) || this.#args.clock.now() < this.#everythingUntilMs;
  }

  /** Whether the server of one of them did not take what it was told last: it is asked again in the background. */
  isFailing(keys: readonly string[]): boolean {
    return !this.#isClosed && this.#slots.size > 0 && keys.some((key) => this.#slots.get(slotOf(key))?.most === 1);
  }

  /** Of keys that could not be delivered: they are from now on. */
  add(keys: readonly string[], suspension: CacheSuspension | null): void {
    const untilMs = this.#args.clock.now() + this.#args.lifeMs;
    for (const key of this.#named(keys, untilMs)) {
      // One that stands for others as well does more than the end of a suspension of some of them.
      this.#setDue({ key, suspension: keys.includes(key) ? suspension : null, untilMs });
    }
    this.#args.changed(this.size);
    this.#go();
  }

  /** The same of a write that is not over: they are pending until then, or for so long, and are delivered again then. */
  hold(keys: readonly string[], suspension: CacheSuspension | null, forMs: number): PendingWrite {
    const untilMs = this.#args.clock.now() + forMs;
    const names = this.#named(keys, untilMs + this.#args.lifeMs);
    const held: Held = { keys, names, suspension, untilMs };
    this.#held.add(held);
    for (const key of names) this.#count(key, 1);
    this.add(keys, suspension);
    return { over: () => this.#over(held), delivered: () => this.#release(held) };
  }

  /** Tries all of them once more, at the same time, those that are held included. How many keys were not delivered. */
  async close(): Promise<number> {
    this.#isClosed = true;
    this.#backoff.end();
    const due = [...this.#slots.values()].flatMap((slot) => [...slot.due.values()]);
    const byKey = new Map(due.map((one) => [one.key, one]));
    const tried = bySlot([...this.#keys.keys()]).map(async (keys) => {
      const isDelivered = await succeeds(this.#args.deliver(keys, null));
      if (isDelivered)
        this.#remove(
          keys.flatMap((key) => byKey.get(key) ?? []),
          'late',
        );
      return isDelivered ? 0 : keys.length;
    });
    // These end by themselves, too.
    const ended = suspensionsOf(due).map((suspension) => succeeds(this.#args.deliver([], suspension)));
    const [left] = await Promise.all([Promise.all(tried), Promise.all(ended), this.#running]);
    return left.reduce((sum, one) => sum + one, 0);
  }

  /** What is remembered of these: where there are too many, what stands for all that are like them. */
  #named(keys: readonly string[], untilMs: number): readonly string[] {
    const { maxKeys } = this.#args;
    const added = (names: ReadonlySet<string>): number => [...names].filter((name) => !this.#keys.has(name)).length;
    const each = new Set(keys);
    if (this.size + added(each) <= maxKeys) return [...each];
    const all = new Set([...each].map((key) => (this.#keys.has(key) ? key : everyKeyLike(key))));
    if (this.size + added(all) <= 2 * maxKeys) return [...all];
    // So many tenants: rather no entry is trusted than one too many.
    const known = [...all].filter((name) => this.#keys.has(name));
    this.#everythingUntilMs = Math.max(this.#everythingUntilMs, untilMs);
    this.#args.over(all.size - known.length, 'expired');
    return known;
  }

  #setDue(due: Due): void {
    const tag = slotOf(due.key);
    const slot = this.#slots.get(tag) ?? { due: new Map<string, Due>(), most: 1 };
    slot.most = 1;
    this.#slots.set(tag, slot);
    if (!slot.due.has(due.key)) this.#count(due.key, 1);
    slot.due.set(due.key, due);
  }

  #over(held: Held): void {
    this.add(held.keys, held.suspension);
    this.#release(held);
  }

  #release(held: Held): void {
    if (!this.#held.delete(held)) return;
    for (const key of held.names) this.#count(key, -1);
    this.#args.changed(this.size);
  }

  #go(): void {
    if (this.#isClosed) return;
    this.#backoff.hurry();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.size > 0) this.#go();
    });
  }

  async #run(): Promise<void> {
    while (this.size > 0 && !this.#isClosed) {
      const now = this.#args.clock.now();
      for (const held of this.#held) {
        if (held.untilMs > now) break;
        this.#over(held);
      }
      const round = this.#round(now);
      const [next] = this.#held;
      if (round.length > 0) {
        const outcomes = await Promise.all(round.map((group) => this.#try(group)));
        if (outcomes.includes(true)) this.#backoff.reset();
        else if (!this.#isClosed) await this.#backoff.rest();
      } else if (next !== undefined) await this.#backoff.sleep(next.untilMs - now);
    }
  }

  /** Some of each slot: one whose server is lost does not hold up the others. */
  #round(now: number): readonly (readonly Due[])[] {
    const groups: (readonly Due[])[] = [];
    let room = MOST;
    for (const slot of this.#slots.values()) {
      const group: Due[] = [];
      const expired: Due[] = [];
      for (const due of slot.due.values()) {
        if (group.length >= Math.min(slot.most, room)) break;
        (due.untilMs > now ? group : expired).push(due);
      }
      if (expired.length > 0) this.#remove(expired, 'expired');
      if (group.length > 0) groups.push(group);
      room -= group.length;
      if (room === 0) break;
    }
    return groups;
  }

  async #try(group: readonly Due[]): Promise<boolean> {
    const tag = slotOf(group[0]!.key);
    const slot = this.#slots.get(tag)!;
    const plain = group.filter(({ suspension }) => suspension === null).map(({ key }) => key);
    const asked = suspensionsOf(group).map((suspension) => this.#args.deliver([], suspension));
    if (plain.length > 0) asked.push(this.#args.deliver(plain, null));
    const answers = await Promise.all(asked.map(succeeds));
    const isDelivered = !answers.includes(false);
    if (isDelivered) {
      slot.most = Math.min(MOST, slot.most * 2);
      this.#remove(group, 'late');
      return true;
    }
    slot.most = 1;
    // Others have their turn before these.
    for (const due of group.filter(({ key }) => slot.due.delete(key))) slot.due.set(due.key, due);
    if (this.#slots.delete(tag)) this.#slots.set(tag, slot);
    return false;
  }

  /** Those that were added again meanwhile stay. */
  #remove(dues: readonly Due[], outcome: 'late' | 'expired'): void {
    let removed = 0;
    for (const due of dues) {
      const tag = slotOf(due.key);
      const slot = this.#slots.get(tag);
      if (slot?.due.get(due.key) !== due) continue;
      slot.due.delete(due.key);
      if (slot.due.size === 0) this.#slots.delete(tag);
      this.#count(due.key, -1);
      removed += 1;
    }
    if (removed === 0) return;
    this.#args.over(removed, outcome);
    this.#args.changed(this.size);
  }

  #count(key: string, by: 1 | -1): void {
    const count = (this.#keys.get(key) ?? 0) + by;
    if (count === 0) this.#keys.delete(key);
    else this.#keys.set(key, count);
  }
}

function suspensionsOf(dues: readonly Due[]): readonly CacheSuspension[] {
  return [...new Set(dues.flatMap(({ suspension }) => suspension ?? []))];
}

function succeeds(delivery: Promise<void>): Promise<boolean> {
  return delivery.then(
    () => true,
    () => false,
  );
}
