import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { MetricPolicy, Resilience } from '@holdfast/resilience';
import { observed } from './observed.js';

const resilience = new Resilience({
  policies: [new MetricPolicy({ domain: 'repository', layer: 'shelf_repository' })],
});

class Shelf {
  readonly #books = new Map([['1', 'Emma']]);

  @resilience.apply()
  async getBook(id: string, fallback: string | null = null): Promise<string | null> {
    return this.#books.get(id) ?? fallback;
  }

  @resilience.apply()
  async first<Item>(items: readonly Item[]): Promise<Item | undefined> {
    return items[0];
  }
}

describe('apply', () => {
  it('runs the method on its instance, with its arguments and default parameters', async () => {
    const shelf = new Shelf();

    expect(await shelf.getBook('1')).toBe('Emma');
    expect(await shelf.getBook('2', 'none')).toBe('none');
    expect(await shelf.getBook('2')).toBeNull();
  });

  it('runs the stack under the name of the method', async () => {
    const events = await observed(() => new Shelf().getBook('1'));

    expect(events.map(({ kind, operation, at }) => [kind, operation, at?.layer])).toEqual([
      ['started', 'getBook', 'shelf_repository'],
      ['ended', 'getBook', 'shelf_repository'],
    ]);
  });

  it('keeps the name and the length of the method', () => {
    expect(Shelf.prototype.getBook.name).toBe('getBook');
    expect(Shelf.prototype.getBook.length).toBe(1);
  });

  it('keeps the type of the method, generic ones too', async () => {
    const first: number | undefined = await new Shelf().first([1, 2]);
    // @ts-expect-error An id is a string.
    const wrong = () => new Shelf().getBook(1);

    expect(first).toBe(1);
    expect(wrong).toBeInstanceOf(Function);
  });

  it('does not compile on a method that returns no promise', () => {
    class Sync {
      // @ts-expect-error The method is not asynchronous.
      @resilience.apply()
      size(): number {
        return 1;
      }
    }

    expect(Sync).toBeDefined();
  });

  it('rejects, and does not throw, when a method throws before it returns its promise', async () => {
    class Hasty {
      @resilience.apply()
      get(): Promise<never> {
        throw new RangeError('at once');
      }
    }

    await expect(new Hasty().get()).rejects.toThrow(new RangeError('at once'));
  });

  it('serves a detached method, which fails by itself', async () => {
    const { getBook } = Shelf.prototype;

    await expect(Reflect.apply(getBook, undefined, ['1'])).rejects.toBeInstanceOf(TypeError);
  });

  it('refuses a static method', () => {
    expect(() => {
      class Static {
        @resilience.apply()
        static async get(): Promise<void> {}
      }
      return Static;
    }).toThrow(new Misuse('apply() decorates methods of instances, and get is static: use wrap().'));
  });

  it('refuses a private method', () => {
    expect(() => {
      class Private {
        @resilience.apply()
        async #get(): Promise<void> {}
        get(): Promise<void> {
          return this.#get();
        }
      }
      return Private;
    }).toThrow(new Misuse('apply() decorates public methods, and #get is private.'));
  });

  it('refuses a method whose name is a symbol', () => {
    const key = Symbol('get');

    expect(() => {
      class Symbolic {
        @resilience.apply()
        async [key](): Promise<void> {}
      }
      return Symbolic;
    }).toThrow('apply() needs a name to report under, and Symbol(get) has none: use wrap().');
  });

  it.each(['getter', 'field', 'accessor', 'class'] as const)('refuses a %s', (kind) => {
    const decorator = resilience.apply() as (value: unknown, context: unknown) => unknown;

    expect(() => decorator(async () => 1, { kind, name: 'thing', static: false, private: false })).toThrow(
      new Misuse(`apply() decorates methods, and thing is a ${kind}.`),
    );
  });
});
