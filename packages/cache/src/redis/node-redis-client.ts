import type { EventEmitter } from 'node:events';

/** What is needed of node-redis 6 for commands, of a single server or a cluster. */
interface NodeRedisCommands extends Pick<EventEmitter, 'listenerCount'> {
  withCommandOptions(options: { timeout: number }): Pick<NodeRedisCommands, 'evalSha'>;
  get(key: string): Promise<unknown>;
  mGet(keys: string[]): Promise<unknown>;
  set(key: string, value: string, options: NodeRedisSetOptions): Promise<unknown>;
  del(keys: string[]): Promise<unknown>;
  evalSha(sha1: string, options: NodeRedisEvalOptions): Promise<unknown>;
  eval(lua: string, options: NodeRedisEvalOptions): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** What `createClient` makes. */
export interface NodeRedisClient extends NodeRedisCommands {
  readonly options: { disableOfflineQueue?: boolean | undefined };
  duplicate(): NodeRedisDuplicate;
}

/** What `createCluster` makes. */
export interface NodeRedisCluster extends NodeRedisCommands {
  readonly masters: readonly NodeRedisNode[];
  nodeClient(node: never): Promise<{ duplicate(): NodeRedisDuplicate }>;
}

export interface NodeRedisNode {
  readonly id: string;
}

export interface NodeRedisSetOptions {
  PX?: number;
  NX?: true;
}

export interface NodeRedisEvalOptions {
  keys: string[];
  arguments: string[];
}

/** A connection that listens. */
export interface NodeRedisDuplicate {
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  ping(): Promise<unknown>;
  destroy(): void;
  on(event: string, listener: () => void): unknown;
}
