import type { RedisSetOptions } from './redis-port.js';
import type { RedisReply } from './redis-reply.js';

/** What adapters make of the clients' own methods; `redisPort` makes a `RedisPort` of it. */
export interface RedisCommands {
  get(key: string): Promise<string | null>;
  mget(keys: readonly string[]): Promise<readonly (string | null)[]>;
  set(key: string, value: string, options: RedisSetOptions): Promise<string | null>;
  del(keys: readonly string[]): Promise<number>;
  /** EVALSHA. */
  evalDigest(sha1: string, keys: readonly string[], args: readonly string[], isRead: boolean): Promise<RedisReply>;
  /** EVAL. */
  evalText(lua: string, keys: readonly string[], args: readonly string[]): Promise<RedisReply>;
  publish(channel: string, message: string): Promise<unknown>;
  ping(): Promise<unknown>;
  /** Makes a connection that listens to a channel. It does not come back by itself. */
  readonly listen: (channel: string, listener: RedisLineListener) => RedisLine;
}

/** Who hears what comes over one connection. */
export interface RedisLineListener {
  message(message: string): void;
  /** It has ended, for whatever reason but `close`. May be called more than once. */
  ended(): void;
}

/** A connection that listens. */
export interface RedisLine {
  /** Resolves once the server has confirmed that it listens. */
  readonly opened: Promise<void>;
  ping(): Promise<unknown>;
  /** Gives it up, in whatever state it is. */
  close(): void;
}
