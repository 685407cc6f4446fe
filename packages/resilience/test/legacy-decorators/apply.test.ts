import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { MetricPolicy, Resilience, useResilience } from '@holdfast/resilience';
import { observed } from '../observed.js';

const resilience = new Resilience({
  policies: [new MetricPolicy({ domain: 'repository', layer: 'shelf_repository' })],
});

class Shelf {
  private readonly books = new Map([['1', 'Emma']]);

  @resilience.apply()
  async getBook(id: string, fallback: string | null = null): Promise<string | null> {
    return this.books.get(id) ?? fallback;
  }

  @resilience.apply()
  async first<Item>(items: readonly Item[]): Promise<Item | undefined> {
    return items[0];
  }
}

describe('apply, as a decorator of experimentalDecorators', () => {
  it('runs the method on its instance, in the stack, under its name', async () => {
    const shelf = new Shelf();

    const events = await observed(async () => {
      expect(await shelf.getBook('1')).toBe('Emma');
      expect(await shelf.getBook('2', 'none')).toBe('none');
    });

    const ran = [
      ['started', 'getBook', 'shelf_repository'],
      ['ended', 'getBook', 'shelf_repository'],
    ];
    expect(events.map(({ kind, operation, at }) => [kind, operation, at?.layer])).toEqual([...ran, ...ran]);
  });

  it('keeps the name, the length, the type and how the property is seen', async () => {
    const first: number | undefined = await new Shelf().first([1, 2]);
    // @ts-expect-error An id is a string.
    const wrong = () => new Shelf().getBook(1);

    expect(first).toBe(1);
    expect(wrong).toBeInstanceOf(Function);
    expect(Shelf.prototype.getBook.name).toBe('getBook');
    expect(Shelf.prototype.getBook.length).toBe(1);
    expect(Object.getOwnPropertyDescriptor(Shelf.prototype, 'getBook')).toMatchObject({
      enumerable: false,
      writable: true,
      configurable: true,
    });
  });

  it('uses the stack of the instance, where it has one', async () => {
    const shelf = new Shelf();
    useResilience(shelf, new Resilience({ policies: [] }));

    expect(await observed(() => shelf.getBook('1'))).toEqual([]);
  });

  it('does not compile on a method that returns no promise', () => {
    class Sync {
      // @ts-expect-error The method is not asynchronous.
      @resilience.apply()
      size(): number {
        return 1;
      }
    }
    expect(Sync).toBeInstanceOf(Function);
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

  it('refuses a getter', () => {
    expect(() => {
      class Getting {
        // @ts-expect-error It is no method.
        @resilience.apply()
        get book(): Promise<string> {
          return Promise.resolve('Emma');
        }
      }
      return Getting;
    }).toThrow(new Misuse('apply() decorates methods, and book is no method.'));
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
});
