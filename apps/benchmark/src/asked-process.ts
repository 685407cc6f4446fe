import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program in a process of its own that answers one question after the other, so that nobody pays for another's garbage. */
export class AskedProcess<Question extends object, Answer extends object> {
  readonly name: string;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
  }

  /** Starts it and waits until it is ready; `args` are the program's, `flags` Node's. */
  static async start<Question extends object, Answer extends object>(
    program: URL,
    args: readonly [name: string, ...rest: string[]],
    flags: readonly string[] = [],
  ): Promise<AskedProcess<Question, Answer>> {
    const child = fork(fileURLToPath(program), args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...flags],
    });
    const started = new AskedProcess<Question, Answer>(args[0], child);
    await started.#message();
    return started;
  }

  /** Throws if the answer is an error, or if the process ends instead. */
  async ask(question: Question): Promise<Answer> {
    this.#child.send(question);
    const answer = (await this.#message()) as Answer | { readonly error: string };
    if ('error' in answer) throw new Error(`${this.name}: ${String(answer.error)}`);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  async #message(): Promise<unknown> {
    const answered = new AbortController();
    const { signal } = answered;
    try {
      return await Promise.race([
        once(this.#child, 'message', { signal }).then(([message]) => message as unknown),
        once(this.#child, 'exit', { signal }).then(([code, name]) =>
          Promise.reject(new Error(`${this.name} ended with ${String(code ?? name)} before it had answered.`)),
        ),
      ]);
    } finally {
      answered.abort();
    }
  }
}
