/** A server of Redis that belongs to this process: on the loopback interface only, without a password, and without a disk. */
export interface RedisServer {
  readonly host: string;
  /** The same through all its lives. */
  readonly port: number;
  /** `redis://127.0.0.1:…`. */
  readonly url: string;
  /** Null while it is killed. */
  readonly processId: number | null;
  /** Runs a command on a connection of its own and returns the answer; an error of Redis rejects with its text. */
  command(...args: readonly (string | number)[]): Promise<RedisAnswer>;
  /** Ends it at once, by SIGKILL: connections break, and all it held is lost. Resolves when it has ended. */
  kill(): Promise<void>;
  /** Starts it again where it was killed, empty. */
  restart(): Promise<void>;
  /** Holds the process, by SIGSTOP: connections stay open and are even accepted, and nobody answers. Resolves when it is held. */
  pause(): Promise<void>;
  /** Lets it go on after `pause`, with all that has been sent meanwhile. */
  resume(): void;
  /** Refuses whatever would need more memory (OOM), as a full server does that evicts nothing. */
  fill(): Promise<void>;
  /** Takes writes again after `fill`. */
  drain(): Promise<void>;
  /** Makes it a replica of another server; resolves when it has all that one held. It refuses writes (READONLY). */
  follow(primary: RedisServer): Promise<void>;
  /** Makes a replica a primary: it takes writes, from what had reached it on. */
  promote(): Promise<void>;
  /** Ends it and deletes what it left. A process that ends without calling it leaves nothing behind either. */
  stop(): Promise<void>;
}

/** What Redis answers with. */
export type RedisAnswer = string | number | null | readonly RedisAnswer[];
