import { createHash } from 'node:crypto';
import { Misuse } from '@holdfast/errors';

/** What an entry is filed under. */
export interface CacheKeyParts {
  /** Whose it is: a value that the caller's scope gives, never one that a request chooses. Null for what belongs to nobody. */
  readonly tenant: string | null;
  /** What it is the entry of; the parts of a composite key, in order. */
  readonly id: string | readonly [string, ...string[]];
}

const LONGEST = 200;

/**
 * What no key of these has: it stands for all of them, wherever keys are invalidated or suspended. For writes by a
 * condition, which do not know what they change.
 */
export function everyKey(prefix: string, entity: string, tenant: string | null): string {
  return `${start(prefix, entity, tenant)}*`;
}

/** The one that stands for this one, too. */
export function everyKeyLike(key: string): string {
  const entityAt = key.lastIndexOf('}:') + 2;
  const idAt = entityAt < 2 ? -1 : key.indexOf(':', entityAt);
  return idAt === -1 ? `${key}:*` : `${key.slice(0, idAt)}:*`;
}

/** What the texts begin with that this one stands for; null for one that stands for itself. */
export function startOfEvery(key: string): string | null {
  return key.endsWith(':*') ? key.slice(0, -1) : null;
}

/**
 * The text of a key: `prefix:{tenant}:entity:id`. Different parts never have the same text, whatever is in them. In a
 * cluster of Redis all entries of a tenant lie in one slot, by the hash tag in braces.
 * Throws Misuse for a tenant or an id that is empty, undefined, or no text, and for an entity that is no name.
 */
export function cacheKey(prefix: string, entity: string, { tenant, id }: CacheKeyParts): string {
  const ids = typeof id === 'string' ? [id] : id;
  if (!Array.isArray(ids) || ids.length === 0) throw new Misuse('A cache key has an id.');
  return start(prefix, entity, tenant) + ids.map((part) => written('id', part)).join(':');
}

function start(prefix: string, entity: string, tenant: string | null): string {
  if (!/^[\w-]+$/.test(entity)) throw new Misuse('The entity of a cache key is a name: letters, digits, `_` and `-`.');
  // A star is never left as it is in a text.
  const owner = tenant === null ? '*' : written('tenant', tenant);
  return `${prefix}:{${owner}}:${entity}:`;
}

function written(name: string, text: string): string {
  if (typeof text !== 'string' || text === '')
    throw new Misuse(`The ${name} of a cache key is a text with something in it.`);
  // Most are of this kind: looking is cheaper than replacing nothing.
  if (text.length <= LONGEST && /^[\w.@-]*$/.test(text)) return text;
  const escaped = text.replace(/[^\w.@-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)};`);
  // An exclamation mark is never left as it is, either: a digest is not taken for a text.
  return escaped.length <= LONGEST ? escaped : `!${createHash('sha256').update(escaped).digest('base64url')}`;
}
