import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { OperationName } from './contender.js';
import type { SliceResult } from './slice.js';

/** What a contender's process is told, and answers. */
export type Request =
  | { readonly slice: { readonly operation: OperationName; readonly callers: number; readonly ms: number } }
  | { readonly sample: OperationName };
export type Answer = { readonly slice: SliceResult } | { readonly sample: string } | { readonly error: string };

/** A contender in a process of its own, so that nobody pays for another's garbage. */
export class ContenderProcess {
  readonly name: string;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
  }

  static async start(name: string, url: string, connections: number): Promise<ContenderProcess> {
    const program = fileURLToPath(new URL('./contender-main.js', import.meta.url));
    const child = fork(program, [name, url, String(connections)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${name} could not be started.`))),
    ]);
    return new ContenderProcess(name, child);
  }

  async slice(operation: OperationName, callers: number, ms: number): Promise<SliceResult> {
    const answer = await this.#ask({ slice: { operation, callers, ms } });
    if (!('slice' in answer)) throw new Error(`${this.name}: ${JSON.stringify(answer)}`);
    return answer.slice;
  }

  /** What the operation returns, as JSON without what differs by nature. */
  async sample(operation: OperationName): Promise<string> {
    const answer = await this.#ask({ sample: operation });
    if (!('sample' in answer)) throw new Error(`${this.name}: ${JSON.stringify(answer)}`);
    return answer.sample;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  async #ask(request: Request): Promise<Answer> {
    this.#child.send(request);
    const [answer] = (await once(this.#child, 'message')) as [Answer];
    return answer;
  }
}
