import type { EventEmitter } from 'node:events';

/** What is needed of ioredis 5 or 6, or of a fork with its methods: a `Redis`. */
export interface IoredisClient extends IoredisEvents {
  readonly options: IoredisOptions;
  call(command: string, ...args: string[]): Promise<unknown>;
  duplicate(override: IoredisOverride): IoredisDuplicate;
}

/** What is needed of its `Cluster`. */
export interface IoredisCluster extends IoredisEvents {
  readonly isCluster: boolean;
  readonly options: IoredisClusterOptions;
  call(command: string, ...args: string[]): Promise<unknown>;
  nodes(role: 'master'): IoredisClient[];
  nodes(role: 'all'): unknown[];
  on(event: '+node', listener: (node: unknown) => void): unknown;
}

/** What a `Cluster` sends to a node before what it has been sent on to it for. */
export interface IoredisAsking {
  asking(...args: unknown[]): Promise<unknown>;
}

type IoredisEvents = Pick<EventEmitter, 'listenerCount'>;

export interface IoredisOptions {
  enableOfflineQueue?: boolean | undefined;
  autoResendUnfulfilledCommands?: boolean | undefined;
  maxRetriesPerRequest?: number | null | undefined;
  readOnly?: boolean | undefined;
}

export interface IoredisClusterOptions {
  enableOfflineQueue?: boolean | undefined;
  retryDelayOnFailover?: number | undefined;
  scaleReads?: unknown;
  redisOptions?: IoredisOptions | undefined;
}

/** The settings of a connection that listens. */
export interface IoredisOverride {
  lazyConnect: boolean;
  enableOfflineQueue: boolean;
  autoResubscribe: boolean;
  readOnly: boolean;
  retryStrategy: () => null;
}

/** A connection that listens. */
export interface IoredisDuplicate {
  connect(): Promise<void>;
  subscribe(channel: string): Promise<unknown>;
  call(command: string): Promise<unknown>;
  disconnect(): void;
  on(event: 'message', listener: (channel: string, message: string) => void): unknown;
  on(event: 'close' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}
