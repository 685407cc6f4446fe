import type { CursorBinding } from './cursor-binding.js';
import type { KeyedHashes } from './keyed-hashes.js';

const VERSION = 2;

/**
 * What a cursor says: the query that it was made for, and where in its order it stands. `bind` hashes with a key: else
 * whoever reads a cursor could try out what its scope and filter were.
 */
export function writePayload(
  { entity, order, filter }: CursorBinding,
  position: readonly (string | null)[],
  bind: KeyedHashes,
): Buffer {
  return Buffer.from(JSON.stringify([VERSION, entity, bind.of(order), bind.of(filter), position]));
}

/** A signature says who signed, not what, as the keys may serve elsewhere too: null for what is no payload of a cursor. */
export function readPayload(payload: Buffer, bind: KeyedHashes): OpenedCursor | null {
  const said = listOf(payload.toString('utf8'));
  if (said === null) return null;
  const [version, entity, order, filter, position] = said;
  return version === VERSION && isPosition(position)
    ? new OpenedCursor({ entity, order, filter }, position, bind)
    : null;
}

/** A cursor that is genuine, of whatever query: only where it `isFor` that of the caller its position may be used. */
export class OpenedCursor {
  readonly position: readonly (string | null)[];
  readonly #said: Readonly<Record<'entity' | 'order' | 'filter', unknown>>;
  readonly #bind: KeyedHashes;

  constructor(
    said: Readonly<Record<'entity' | 'order' | 'filter', unknown>>,
    position: readonly (string | null)[],
    bind: KeyedHashes,
  ) {
    this.position = position;
    this.#said = said;
    this.#bind = bind;
  }

  /** Whether it was made for this very query, whose order has so many keys. */
  isFor(binding: CursorBinding, length: number): boolean {
    const { entity, order, filter } = this.#said;
    return (
      entity === binding.entity &&
      this.position.length === length &&
      order === this.#bind.of(binding.order) &&
      filter === this.#bind.of(binding.filter)
    );
  }
}

function listOf(text: string): readonly unknown[] | null {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isPosition(value: unknown): value is readonly (string | null)[] {
  return Array.isArray(value) && value.every((text) => text === null || typeof text === 'string');
}
