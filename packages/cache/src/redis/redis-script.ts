import { createHash } from 'node:crypto';
import type { RedisReply } from './redis-reply.js';

/** A script in Lua, and the digest by which a server knows it once it has seen it. */
export interface RedisScript {
  /** For errors and traces. */
  readonly name: string;
  readonly lua: string;
  /** The SHA-1 of `lua`, in lower-case hexadecimal digits. */
  readonly sha1: string;
  /**
   * What the script answers where its first key has this value, if that is known beforehand: then a GET may be made in its
   * place, which costs the client and the server a part of it. Absent where only the script knows.
   */
  readonly answerOf?: (value: string) => RedisReply;
}

/** Keys are `KEYS`, everything else is `ARGV`; all keys of a script lie in one slot. */
export function redisScript(name: string, lua: string, answerOf?: RedisScript['answerOf']): RedisScript {
  const sha1 = createHash('sha1').update(lua).digest('hex');
  return Object.freeze({ name, lua, sha1, ...(answerOf && { answerOf }) });
}
