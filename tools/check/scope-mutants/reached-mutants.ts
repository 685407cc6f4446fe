import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attempt } from '../../../apps/demo/test/tenant-leak/attempt.js';
import type { Subject } from '../../../apps/demo/test/tenant-leak/subject.js';

/** Which operations come by which mutants, learnt while none is chosen: the others need not be driven to find one. */
export class ReachedMutants {
  readonly #running = new AsyncLocalStorage<string>();
  readonly #operations = new Map<number, Set<string>>();

  /** What the sources tell whenever they come by the place of a mutant. */
  come(id: number): void {
    const operation = this.#running.getStore();
    if (operation === undefined) return;
    const known = this.#operations.get(id);
    if (known === undefined) this.#operations.set(id, new Set([operation]));
    else known.add(operation);
  }

  /** The subject, whose calls are known by their operation. */
  watched(subject: Subject): Subject {
    const drives = Object.entries(subject.drives).map(([operation, drive]): [string, Subject['drives'][string]] => {
      const watch = ({ args, call = () => subject.call(operation, args), ...rest }: Attempt): Attempt => ({
        ...rest,
        args,
        call: () => this.#running.run(nameOf(subject, operation), call),
      });
      return [operation, async (world) => (await drive(world)).map(watch)];
    });
    return { ...subject, drives: Object.fromEntries(drives) };
  }

  /** The subject with those of its operations alone that come by a mutant. */
  narrowed(subject: Subject, id: number): Subject {
    const reaching = this.#operations.get(id);
    const operations = subject.operations.filter((operation) => reaching?.has(nameOf(subject, operation)) === true);
    return { ...subject, operations };
  }
}

function nameOf(subject: Subject, operation: string): string {
  return `${subject.name}.${operation}`;
}
