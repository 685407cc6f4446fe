import { createHash } from 'node:crypto';

/** A script in Lua, and the digest by which a server knows it once it has seen it. */
export interface RedisScript {
  /** For errors and traces. */
  readonly name: string;
  readonly lua: string;
  /** The SHA-1 of `lua`, in lower-case hexadecimal digits. */
  readonly sha1: string;
}

/** Keys are `KEYS`, everything else is `ARGV`; all keys of a script lie in one slot. */
export function redisScript(name: string, lua: string): RedisScript {
  return Object.freeze({ name, lua, sha1: createHash('sha1').update(lua).digest('hex') });
}
