import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CacheLease, CacheSource, CacheSuspension } from '../src/index.js';

/** One step of what happens: somebody does the next thing that they would do, whoever that is, or time passes. */
export type Step =
  | { readonly kind: 'read'; readonly reader: number; readonly key: number }
  | { readonly kind: 'write'; readonly writer: number; readonly key: number }
  | { readonly kind: 'crash'; readonly writer: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'forget' };

const key = fc.nat(1);
// The third is all of them.
const written = fc.nat(2);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('read' as const), reader: fc.nat(3), key }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), writer: fc.nat(2), key: written }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), writer: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 5, 30) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
  ),
  { maxLength: 60, size: 'max' },
);

interface Reader {
  readonly key: string;
  readonly lease: CacheLease | null;
  /** Null until the database was asked. */
  read: string | null;
}

interface Writer {
  readonly keys: readonly string[];
  readonly suspension: CacheSuspension;
  readonly suspendedAtMs: number;
  hasCommitted: boolean;
  /** Whether the source still knows of it. */
  isKnown: boolean;
}

export interface World {
  readonly source: CacheSource<string, string>;
  /** How long a suspension lasts; infinite where no time passes. */
  readonly suspensionMs: number;
  pass(ms: number): Promise<void>;
  nowMs(): number;
  /** The source loses all that it holds, as a server that is restarted does. */
  forget(): Promise<void>;
}

/**
 * Readers and writers of one database and one cache, each of them stopped between any two of their steps, against what must
 * hold of every hit: it is no older than the last commit that was under suspension, or whose invalidation is done.
 */
export async function runInterleaving(world: World, history: readonly Step[]): Promise<void> {
  const all = ['{t}:row:0', '{t}:row:1'];
  const database = new Map<string, number>();
  const oldestAllowed = new Map<string, number>();
  const readers = new Map<number, Reader>();
  const writers = new Map<number, Writer>();
  const { source } = world;

  const allowFrom = (keys: readonly string[]): void => {
    for (const one of keys) oldestAllowed.set(one, database.get(one)!);
  };
  const check = (at: string, value: string | null): void => {
    const seen = Number(value);
    const oldest = oldestAllowed.get(at) ?? 0;
    assert.ok(
      seen >= oldest,
      `${at} was ${seen}, and ${oldest} had been committed and told of before it was asked for`,
    );
  };
  const read = async (number: number, at: string): Promise<void> => {
    const reader = readers.get(number);
    if (reader === undefined) {
      const answer = await source.get(at);
      if (answer.kind === 'hit' || answer.kind === 'stale') check(at, answer.value);
      else if (answer.kind === 'miss') readers.set(number, { key: at, lease: answer.lease, read: null });
    } else if (reader.read === null) {
      reader.read = String(database.get(reader.key) ?? 0);
    } else {
      readers.delete(number);
      if (reader.lease !== null) await source.fill(reader.key, reader.lease, reader.read);
    }
  };
  const write = async (number: number, keys: readonly string[], suspended: string): Promise<void> => {
    const writer = writers.get(number);
    if (writer === undefined) {
      const suspendedAtMs = world.nowMs();
      const suspension = await source.suspend([suspended]);
      writers.set(number, { keys, suspension, suspendedAtMs, hasCommitted: false, isKnown: true });
    } else if (!writer.hasCommitted) {
      writer.hasCommitted = true;
      for (const one of writer.keys) database.set(one, (database.get(one) ?? 0) + 1);
      const isSuspended = world.nowMs() < writer.suspendedAtMs + world.suspensionMs && writer.isKnown;
      if (isSuspended) allowFrom(writer.keys);
    } else {
      writers.delete(number);
      await writer.suspension.resume();
      allowFrom(writer.keys);
    }
  };

  for (const step of history) {
    if (step.kind === 'read') await read(step.reader, all[step.key]!);
    else if (step.kind === 'write' && step.key === 2) await write(step.writer, all, '{t}:row:*');
    else if (step.kind === 'write') await write(step.writer, [all[step.key]!], all[step.key]!);
    else if (step.kind === 'crash') writers.delete(step.writer);
    else if (step.kind === 'pass') await world.pass(step.ms);
    else {
      await world.forget();
      for (const writer of writers.values()) writer.isKnown = false;
    }
  }
}
