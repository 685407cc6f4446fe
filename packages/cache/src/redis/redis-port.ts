import type { RedisReply } from './redis-reply.js';
import type { RedisScript } from './redis-script.js';

/**
 * What is needed of a client of Redis or Valkey. An adapter takes a client that the application owns, and closes nothing.
 *
 * - Every method rejects when the server did not answer, or answered with an error: with the client's own error, as it is.
 *   A client that is not connected rejects at once (its offline queue is off), and never makes a command again that may
 *   have been executed.
 * - The keys of one call lie in one slot of a cluster: an adapter need not divide them.
 * - Commands that are given one after another reach a server in that order, as long as the connection lasts.
 */
export interface RedisPort {
  /** Whether what it holds is spread over the servers of a cluster. Default false. */
  readonly isCluster?: boolean;
  get(key: string): Promise<string | null>;
  mget(keys: readonly string[]): Promise<readonly (string | null)[]>;
  /** Whether it was set. */
  set(key: string, value: string, options?: RedisSetOptions): Promise<boolean>;
  /** How many there were. */
  del(keys: readonly string[]): Promise<number>;
  /** Runs a script by its digest, and by its text where the server does not have it. */
  evalScript(script: RedisScript, keys: readonly string[], args: readonly string[]): Promise<RedisReply>;
  publish(channel: string, message: string): Promise<void>;
  /** Listens on a connection of its own. Resolves once the server has confirmed it. */
  subscribe(channel: string, listener: RedisListener): Promise<RedisSubscription>;
  ping(): Promise<void>;
}

export interface RedisSetOptions {
  /** Milliseconds after which it is gone. Default: it stays. */
  readonly pxMs?: number;
  /** Sets it only where it is not there. Default false. */
  readonly nx?: boolean;
}

/** Who hears what is published. */
export interface RedisListener {
  message(message: string): void;
  /** The connection is lost: from now on messages are missed. */
  lost(): void;
  /** The server has confirmed the subscription again, after `lost`. What was published in between does not come. */
  restored(): void;
}

export interface RedisSubscription {
  /** After it nothing is heard any more. */
  unsubscribe(): Promise<void>;
}
