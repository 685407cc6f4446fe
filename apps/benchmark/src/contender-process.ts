import { AskedProcess } from './asked-process.js';
import type { OperationName } from './contender.js';
import type { SliceResult } from './slice.js';

/** What a contender's process is asked, and answers. */
export interface Question {
  readonly operation: OperationName;
  /** Null asks for what the operation returns, as JSON without what differs by nature. */
  readonly slice: { readonly callers: number; readonly ms: number } | null;
}
export type Answer = { readonly slice: SliceResult } | { readonly sample: string };

/** A contender in a process of its own. */
export class ContenderProcess {
  readonly #process: AskedProcess<Question, Answer>;

  private constructor(process: AskedProcess<Question, Answer>) {
    this.#process = process;
  }

  static async start(name: string, url: string, connections: number): Promise<ContenderProcess> {
    const program = new URL('./contender-main.js', import.meta.url);
    return new ContenderProcess(await AskedProcess.start(program, [name, url, String(connections)]));
  }

  get name(): string {
    return this.#process.name;
  }

  async slice(operation: OperationName, callers: number, ms: number): Promise<SliceResult> {
    const answer = await this.#process.ask({ operation, slice: { callers, ms } });
    if (!('slice' in answer)) throw new Error(`${this.name}: ${JSON.stringify(answer)}`);
    return answer.slice;
  }

  async sample(operation: OperationName): Promise<string> {
    const answer = await this.#process.ask({ operation, slice: null });
    if (!('sample' in answer)) throw new Error(`${this.name}: ${JSON.stringify(answer)}`);
    return answer.sample;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
