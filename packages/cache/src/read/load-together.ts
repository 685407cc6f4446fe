import { Misuse } from '@holdfast/errors';
import { Flight } from './flight.js';

type LoadMany<Key, Value> = (keys: readonly Key[]) => Promise<readonly Value[]>;

interface Batch<Key, Value> {
  readonly keys: Key[];
  readonly flight: Flight<readonly Value[]>;
}

/**
 * Makes one read of many out of reads of one that begin in the same turn. It goes on for as long as anybody waits for any
 * of them.
 */
export class LoadTogether<Key, Value> {
  readonly #load: LoadMany<Key, Value>;
  #open: Batch<Key, Value> | null = null;

  constructor(load: LoadMany<Key, Value>) {
    this.#load = load;
  }

  async load(key: Key): Promise<Value> {
    const batch = (this.#open ??= this.#begin());
    const at = batch.keys.push(key) - 1;
    return (await batch.flight.value())[at]!;
  }

  #begin(): Batch<Key, Value> {
    const keys: Key[] = [];
    const load = async (): Promise<readonly Value[]> => {
      await Promise.resolve();
      this.#open = null;
      const values = await this.#load(keys);
      if (values.length === keys.length) return values;
      throw new Misuse(
        `Of ${keys.length} keys ${values.length} values were read: one for each is needed, in their order.`,
      );
    };
    return { keys, flight: new Flight(load) };
  }
}
