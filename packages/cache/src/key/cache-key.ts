import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
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
 * What no key of these has: they stand for all of them, wherever keys are invalidated or suspended. For writes by a
 * condition, which do not know what they change. One for each shard.
 */
export function everyKey(prefix: string, entity: string, tenant: string | null, shards = 1): readonly string[] {
  const owners = tenant === null && shards > 1 ? Array.from({ length: shards }, (_none, at) => shard(at)) : [];
  return (owners.length === 0 ? [ownerOf(tenant)] : owners).map((owner) => `${start(prefix, entity, owner)}*`);
}

/** The one of them that stands for this one, too. */
export function everyKeyLike(key: string): string {
  const entityAt = key.lastIndexOf('}:') + 2;
  const idAt = entityAt < 2 ? -1 : key.indexOf(':', entityAt);
  return idAt === -1 ? `${key}:*` : `${key.slice(0, idAt)}:*`;
}

/** Whether it stands for others. */
export function isEveryKey(key: string): boolean {
  return key.endsWith(':*');
}

/**
 * The text of a key: `prefix:{tenant}:entity:id`. Different parts never have the same text, whatever is in them. In a
 * cluster of Redis all entries of a tenant lie in one slot, by the hash tag in braces; those that belong to nobody lie in
 * as many as there are `shards`, by what they are the entry of.
 * Throws Misuse for a tenant or an id that is empty, undefined, or no text, and for an entity that is no name.
 */
export function cacheKey(prefix: string, entity: string, { tenant, id }: CacheKeyParts, shards = 1): string {
  const ids = typeof id === 'string' ? [id] : id;
  if (!Array.isArray(ids) || ids.length === 0) throw new Misuse('A cache key has an id.');
  const text = ids.map((part) => written('id', part)).join(':');
  const isSpread = tenant === null && shards > 1;
  return start(prefix, entity, isSpread ? shard(crc32(`${entity}:${text}`) % shards) : ownerOf(tenant)) + text;
}

function start(prefix: string, entity: string, owner: string): string {
  if (!/^[\w-]+$/.test(entity)) throw new Misuse('The entity of a cache key is a name: letters, digits, `_` and `-`.');
  return `${prefix}:{${owner}}:${entity}:`;
}

// A star is never left as it is in a text.
function ownerOf(tenant: string | null): string {
  return tenant === null ? '*' : written('tenant', tenant);
}

// The slots of these are spread over a cluster more evenly than those of numbers alone.
function shard(at: number): string {
  return `*@${at}`;
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
