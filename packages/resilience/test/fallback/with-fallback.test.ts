import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { withinAmbientSession } from '@holdfast/operation';
import { MetricPolicy, type Policy, Resilience, RetryPolicy, withFallback } from '@holdfast/resilience';
import { transient } from '../failing-work.js';
import { observed } from '../observed.js';

async function getUser(id: string, _tenant?: number): Promise<{ name: string }> {
  if (id === 'there') return { name: 'from the database' };
  throw id === 'fault' ? new TypeError('A fault.') : transient(id);
}

describe('withFallback', () => {
  it('gives the fallback the error and the arguments', async () => {
    const given: unknown[] = [];
    const answered = withFallback(getUser, (error, id, tenant) => {
      given.push(error, id, tenant);
      return { name: `${id} from elsewhere` };
    });

    expect(await answered('7', 3)).toEqual({ name: '7 from elsewhere' });
    expect(given).toEqual([expect.objectContaining({ message: '7' }), '7', 3]);
    expect(await answered('there')).toEqual({ name: 'from the database' });
  });

  it('has to return what the function does', () => {
    withFallback(getUser, async (_error, id) => ({ name: id }));
    // @ts-expect-error: there is a number where the name should be.
    withFallback(getUser, () => ({ name: 7 }));
    // @ts-expect-error: the first argument is a text.
    withFallback(getUser, (_error, id: number) => ({ name: String(id) }));
    expect(withFallback(getUser, () => ({ name: '' }))).toBeInstanceOf(Function);
  });

  it('keeps `this`, name and length', async () => {
    class Users {
      readonly known = 'known';
      readonly get = withFallback(
        async function get(this: Users, _id: string): Promise<string> {
          throw transient(this.known);
        },
        function (this: unknown, error, id) {
          return `${(this as Users).known} ${id} ${(error as Error).message}`;
        },
      );
    }

    expect(await new Users().get('7')).toBe('known 7 known');
    const { name, length } = withFallback(getUser, () => ({ name: '' }));
    expect({ name, length }).toEqual({ name: 'getUser', length: 2 });
  });

  it('leaves what is not to be replaced', async () => {
    const answered = withFallback(getUser, () => ({ name: 'from elsewhere' }));

    await expect(answered('fault')).rejects.toThrow('A fault.');
    const all = withFallback(getUser, () => ({ name: 'from elsewhere' }), { handles: () => true });
    expect(await all('fault')).toEqual({ name: 'from elsewhere' });
  });

  it('lets the caller see a fallback that fails, with the error before as its cause', async () => {
    const second = new Error('second');
    const answered = withFallback(getUser, () => Promise.reject(second));

    await expect(answered('7')).rejects.toBe(second);
    expect(second.cause).toMatchObject({ message: '7' });
  });

  it('steps aside inside an open dbSession', async () => {
    const answered = withFallback(getUser, () => ({ name: 'from elsewhere' }));

    await expect(withinAmbientSession({}, () => answered('7'))).rejects.toThrow('7');
  });

  it('tells of it under the name of the function outside of calls', async () => {
    const answered = withFallback(getUser, () => ({ name: 'from elsewhere' }));

    const events = await observed(() => answered('7'));

    expect(events).toEqual([
      {
        kind: 'fell-back',
        at: null,
        operation: 'getUser',
        source: null,
        error: expect.objectContaining({ message: '7' }),
      },
    ]);
  });

  it('tells of it as a part of the call around it', async () => {
    const answered = withFallback(getUser, () => ({ name: 'from elsewhere' }));
    const metrics = new MetricPolicy({ domain: 'repository', layer: 'user_repository' });
    const source = {};
    const resilience = new Resilience({ policies: [metrics, new RetryPolicy()], source });

    const events = await observed(() => resilience.execute('whole', () => answered('7')));

    expect(events.filter(({ kind }) => kind === 'fell-back')).toEqual([
      {
        kind: 'fell-back',
        at: { domain: 'repository', layer: 'user_repository' },
        operation: 'whole',
        source,
        error: expect.objectContaining({ message: '7' }),
      },
    ]);
  });

  it('lets the call around it hear of it', async () => {
    const heard: string[] = [];
    const answered = withFallback(getUser, () => ({ name: 'from elsewhere' }));
    const policy: Policy = {
      name: 'listening',
      execute: (call, next) => next(call.with({ listener: ({ kind }) => heard.push(kind) })),
    };

    await new Resilience({ policies: [policy] }).execute('whole', () => answered('7'));

    expect(heard).toEqual(['fell-back']);
  });

  it.each([
    ['fn', [7, () => null, {}]],
    ['fallback', [getUser, null, {}]],
    ['handles', [getUser, () => null, { handles: 7 }]],
  ])('checks its arguments: %s', (name, args) => {
    const make = (): unknown => Reflect.apply(withFallback, null, args);

    expect(make).toThrow(Misuse);
    expect(make).toThrow(`withFallback(): ${name} must be `);
  });
});
