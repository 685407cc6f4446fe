import { changesSession, type RunningQuery } from './changes-session.js';

/** What the server reports of itself, not of the session. */
const ofServer: ReadonlySet<string> = new Set(['in_hot_standby', 'server_version']);

/**
 * What was done to a connection since it was first handed out that would stay for whoever has it next. What runs before
 * that, in the pool's `onConnect` or 'connect', is the application's own.
 */
export class SessionChanges {
  readonly #reported = new Map<string, string>();
  readonly #original = new Map<string, string>();
  readonly #different = new Set<string>();
  #command: string | null = null;
  // Under way when the connection was first handed out; null before.
  #own: ReadonlySet<unknown> | null = null;

  /** By what it was changed: a command, or a parameter that is still another one. Null if it was not. */
  get what(): string | null {
    return this.#command ?? (this.#different.size === 0 ? null : [...this.#different].join(', '));
  }

  /** Whether the server, or everything on it, only reads; false where the server does not say (PostgreSQL before 14). */
  get isReadOnlyServer(): boolean {
    return (
      this.#reported.get('in_hot_standby') === 'on' || this.#reported.get('default_transaction_read_only') === 'on'
    );
  }

  get wasHandedOut(): boolean {
    return this.#own !== null;
  }

  /** `own` are the queries that the application began with. */
  handedOut(own: readonly unknown[]): void {
    this.#own ??= new Set(own);
  }

  isOwn(query: unknown): boolean {
    return this.#own === null || (this.#own.size > 0 && this.#own.has(query));
  }

  completed(tag: string, query: RunningQuery): void {
    if (this.#command === null && !this.isOwn(query) && changesSession(tag, query)) this.#command = tag;
  }

  reported(name: string, value: string, during: unknown): void {
    this.#reported.set(name, value);
    if (ofServer.has(name)) return;
    if (this.isOwn(during)) this.#original.set(name, value);
    if (this.#original.get(name) === value) this.#different.delete(name);
    else this.#different.add(name);
  }
}
