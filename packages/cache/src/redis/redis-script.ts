import { createHash } from 'node:crypto';

/** A script in Lua, and the digest by which a server knows it once it has seen it. */
export interface RedisScript {
  /** For errors and traces. */
  readonly name: string;
  readonly lua: string;
  /** The SHA-1 of `lua`, in lower-case hexadecimal digits. */
  readonly sha1: string;
  /** Made late, when nobody waits for its answer any more, it changes nothing. Default false. */
  readonly isRead?: true;
}

/** Keys are `KEYS`, everything else is `ARGV`; all keys of a script lie in one slot. */
export function redisScript(name: string, lua: string, options: Pick<RedisScript, 'isRead'> = {}): RedisScript {
  const sha1 = createHash('sha1').update(lua).digest('hex');
  return Object.freeze({ name, lua, sha1, ...options });
}
