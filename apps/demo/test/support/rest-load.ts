import { setTimeout as delay } from 'node:timers/promises';

/** The code of a write of which nobody can tell whether it is stored. */
const UNKNOWN = 'database_generic_unknown-outcome';

export interface RestLoadArgs {
  /** The demo's address. */
  readonly address: string;
  readonly accessKey: string;
  /** What the names of sessions begin with. */
  readonly prefix: string;
  /** Default: every other call is a write. */
  readonly onlyReads?: boolean;
  /** How many clients there are; each makes one call after the other. */
  readonly clients: number;
  /** After how long a call without an answer counts as hanging. */
  readonly patienceMs: number;
  /** How long a client rests after it was refused. */
  readonly restMs: number;
}

/** Clients that read and write all the time, and keep book of what they were told. */
export class RestLoad {
  readonly #args: RestLoadArgs;
  readonly #clients: Promise<void>[];
  #isOver = false;
  #successes = 0;
  readonly #waiting: { readonly at: number; readonly resolve: () => void }[] = [];

  /** Names of sessions that were acknowledged, and their ids. */
  readonly acknowledged = new Map<string, string>();
  /** Names of sessions of which the answer said that they may or may not be stored. */
  readonly unknown = new Set<string>();
  /** Names of sessions that were refused. */
  readonly refused = new Set<string>();
  /** How often each kind of refusal was answered, e.g. `503 database_generic_unavailable`. */
  readonly refusals = new Map<string, number>();
  /** What was no answer of the demo's: calls that hung, or whose connection was cut. */
  readonly failures: unknown[] = [];

  constructor(args: RestLoadArgs) {
    this.#args = args;
    this.#clients = Array.from({ length: args.clients }, (_, client) => this.#run(client));
  }

  get successes(): number {
    return this.#successes;
  }

  get calls(): number {
    return [...this.refusals.values()].reduce((sum, count) => sum + count, this.#successes + this.failures.length);
  }

  /** Resolves when `count` more calls have succeeded. */
  moreSuccesses(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ at: this.#successes + count, resolve }));
  }

  /** Resolves when every call has ended. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  async #run(client: number): Promise<void> {
    for (let turn = 0; !this.#isOver; turn += 1) {
      const { prefix, onlyReads = false } = this.#args;
      const isRead = onlyReads || turn % 2 === 1;
      const succeeded = await (isRead ? this.#read() : this.#create(`${prefix}-${client}-${turn}`));
      if (!succeeded) await delay(this.#args.restMs);
    }
  }

  async #create(name: string): Promise<boolean> {
    const body = { name, type: 'batch', image: 'python:3.12', requestedSlots: { cpu: 1 } };
    const answer = await this.#call('/sessions', { method: 'POST', body: JSON.stringify(body) });
    if (answer === null) this.unknown.add(name);
    else if (answer.status === 201) this.acknowledged.set(name, String(answer.body['id']));
    else (answer.body['code'] === UNKNOWN ? this.unknown : this.refused).add(name);
    return answer?.status === 201;
  }

  async #read(): Promise<boolean> {
    return (await this.#call('/sessions?first=5&order=-createdAt', { method: 'GET' }))?.status === 200;
  }

  async #call(
    path: string,
    init: { readonly method: string; readonly body?: string },
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> } | null> {
    const { address, accessKey, patienceMs } = this.#args;
    try {
      const response = await fetch(address + path, {
        ...init,
        headers: { authorization: `Bearer ${accessKey}`, ...(init.body && { 'content-type': 'application/json' }) },
        signal: AbortSignal.timeout(patienceMs),
      });
      const body = (await response.json()) as Record<string, unknown>;
      this.#count(response, body);
      return { status: response.status, body };
    } catch (error) {
      this.failures.push(error);
      return null;
    }
  }

  #count(response: Response, body: Record<string, unknown>): void {
    if (response.ok) {
      this.#successes += 1;
      for (const { at, resolve } of this.#waiting) if (at <= this.#successes) resolve();
      return;
    }
    const isProblem = response.headers.get('content-type') === 'application/problem+json';
    const refusal = `${response.status} ${isProblem ? String(body['code']) : 'without a problem document'}`;
    this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
  }
}
