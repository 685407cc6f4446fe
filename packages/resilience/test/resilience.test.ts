import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import {
  type Call,
  NoPolicy,
  type Policy,
  Resilience,
  repositoryResilience,
  sourceResilience,
} from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';
import { observed } from './observed.js';

function noting(name: string, notes: string[]): Policy {
  return {
    name,
    execute: (call, next) => {
      notes.push(`${name} in`);
      return next(call).finally(() => notes.push(`${name} out`));
    },
  };
}

describe('Resilience', () => {
  it('puts the first policy outermost, and says so in describe()', async () => {
    const notes: string[] = [];
    const resilience = new Resilience({ policies: [noting('a', notes), noting('b', notes)] });

    await resilience.execute('get', async () => notes.push('work'));

    expect(notes).toEqual(['a in', 'b in', 'work', 'b out', 'a out']);
    expect(resilience.describe()).toBe('a(b(call))');
  });

  it('runs the work alone without policies', async () => {
    const resilience = new Resilience({ policies: [] });

    expect(await resilience.execute('get', async () => 1)).toBe(1);
    expect(resilience.describe()).toBe('call');
  });

  it('does not notice a policy that is added to its list later', async () => {
    const policies: Policy[] = [];
    const resilience = new Resilience({ policies });

    policies.push(new NoPolicy());

    expect(resilience.describe()).toBe('call');
  });

  it('tells the work of its call', async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    const source = {};
    const resilience = new Resilience({ policies: [new NoPolicy()], clock, source });

    const call = await resilience.execute('get', async (given) => given, {
      signal: controller.signal,
      deadlineMs: 500,
    });

    expect(call).toMatchObject({ operation: 'get', attempt: 1, signal: controller.signal, layer: null, source });
    expect(call.deadline?.remainingMs).toBe(500);
  });

  it('gives the call no signal and no deadline where nobody sets one', async () => {
    const call = await new Resilience({ policies: [] }).execute('get', async (given) => given);

    expect(call).toMatchObject({ signal: null, deadline: null });
  });

  it('lets a policy change the call for what is inside of it', async () => {
    const { signal } = new AbortController();
    const changing: Policy = { name: 'changing', execute: (call, next) => next(call.with({ attempt: 7, signal })) };
    const resilience = new Resilience({ policies: [changing] });

    const call = await resilience.execute('get', async (given) => given);

    expect(call).toMatchObject({ operation: 'get', attempt: 7, signal });
    expect(call.with({ signal: null })).toMatchObject({ attempt: 7, signal: null });
  });

  it('lets a policy answer by itself', async () => {
    const work = failingWork();
    const answering: Policy = { name: 'answering', execute: async <R>() => 'cached' as R };

    expect(await new Resilience({ policies: [answering] }).execute<unknown>('get', work)).toBe('cached');
    expect(work.calls).toBe(0);
  });

  it('rejects, and does not throw, where a policy or the work throws', async () => {
    const throwing: Policy = {
      name: 'throwing',
      execute: () => {
        throw new RangeError('policy');
      },
    };
    const work = (): Promise<never> => {
      throw new RangeError('work');
    };

    await expect(new Resilience({ policies: [throwing] }).execute('get', async () => 1)).rejects.toThrow('policy');
    await expect(new Resilience({ policies: [new NoPolicy()] }).execute('get', work)).rejects.toThrow('work');
  });

  it('refuses a call that a policy has made up', async () => {
    const inventing: Policy = {
      name: 'inventing',
      execute: (call, next) => next({ ...call, with: (): Call => call }),
    };

    await expect(new Resilience({ policies: [inventing] }).execute('get', async () => 1)).rejects.toThrow(
      new Misuse('A policy must hand on the call it was given, or what call.with() returns.'),
    );
  });

  it('waits for what is no promise of this language', async () => {
    const thenable = { then: (resolve: (value: number) => void) => resolve(5) };
    const resilience = new Resilience({ policies: [noting('a', [])] });

    expect(await resilience.execute('get', () => thenable as Promise<number>)).toBe(5);
  });

  it.each([[6], [undefined], [null]])('refuses work that returns %p in place of a promise', async (value) => {
    const resilience = new Resilience({ policies: [noting('a', [])] });

    await expect(resilience.execute('get', () => value as unknown as Promise<number>)).rejects.toThrow(
      new Misuse('get returned no promise: policies are for what takes time, and it has run already.'),
    );
  });

  it('does not begin a call whose signal has aborted', async () => {
    let calls = 0;
    const resilience = new Resilience({ policies: [noting('a', [])] });

    const call = resilience.execute('get', async () => (calls += 1), { signal: AbortSignal.abort('enough') });

    await expect(call).rejects.toBe('enough');
    expect(calls).toBe(0);
  });

  it.each([
    [{ deadlineMs: NaN }, 'deadlineMs must be a number of milliseconds from 0, not NaN.'],
    [{ deadlineMs: '5' }, "deadlineMs must be a number of milliseconds from 0, not '5'."],
    [{ signal: {} }, 'signal must be an AbortSignal, not object.'],
  ])('refuses limits that make no sense: %p', async (limits, message) => {
    const resilience = new Resilience({ policies: [] });

    await expect(resilience.execute('get', async () => 1, limits as object)).rejects.toThrow(new Misuse(message));
  });

  it.each([
    [undefined, 'policies must be a list, not undefined.'],
    ['abc', 'policies must be a list, not abc.'],
    [[undefined], 'policies must be a list of policies, not undefined.'],
    [[{ name: 'retry' }], 'policies must be a list of policies, not [object Object].'],
    [[Object.create(null)], 'policies must be a list of policies, not something that has no text.'],
  ])('refuses what are no policies: %#', (policies, message) => {
    expect(() => new Resilience({ policies: policies as never })).toThrow(new Misuse(`Resilience: ${message}`));
  });

  it('refuses to run what is no function', async () => {
    const resilience = new Resilience({ policies: [] });

    expect(() => resilience.wrap('get', 5 as never)).toThrow(
      new Misuse('Resilience: what is wrapped must be a function, not 5.'),
    );
    await expect(resilience.execute('get', undefined as never)).rejects.toThrow(
      new Misuse('Resilience: what is run must be a function, not undefined.'),
    );
  });

  it('lets every policy forget what it remembers', () => {
    const forgotten: string[] = [];
    const forgetting = (name: string): Policy => ({ ...noting(name, []), reset: () => void forgotten.push(name) });

    new Resilience({ policies: [forgetting('a'), noting('b', []), forgetting('c')] }).reset();

    expect(forgotten).toEqual(['a', 'c']);
  });
});

describe('wrap', () => {
  const resilience = sourceResilience('user_db_source');

  it('keeps this, the arguments, the name and the length of the function', async () => {
    async function add(this: { readonly base: number }, a: number, b: number): Promise<number> {
      return this.base + a + b;
    }
    const wrapped = resilience.wrap('add', add);

    expect(await wrapped.call({ base: 1 }, 2, 3)).toBe(6);
    expect([wrapped.name, wrapped.length]).toEqual(['add', 2]);
  });

  it('runs the stack under the given name at every call', async () => {
    const wrapped = resilience.wrap('getUser', async (id: string) => id);

    const events = await observed(async () => [await wrapped('a'), await wrapped('b')]);

    expect(events.map(({ kind, operation }) => `${kind} ${operation}`)).toEqual([
      'started getUser',
      'ended getUser',
      'started getUser',
      'ended getUser',
    ]);
  });

  it('does not compile for a function that returns no promise', () => {
    // @ts-expect-error The function is not asynchronous.
    expect(resilience.wrap('size', () => 1)).toBeInstanceOf(Function);
  });
});

describe('the layer of a stack', () => {
  const layer = { domain: 'cache_source', layer: 'note_cache_source' } as const;
  const at = async (resilience: Resilience): Promise<unknown> => {
    let told: unknown;
    await resilience.execute('get', async (call) => (told = call.layer));
    return told;
  };

  it('is the one that it is given, also under another source', async () => {
    const resilience = new Resilience({ policies: [new NoPolicy()], layer });

    expect(await at(resilience)).toBe(layer);
    expect(await at(resilience.withSource({}))).toBe(layer);
  });

  it('is that of its metrics where it is given none', async () => {
    expect(await at(sourceResilience('user_db_source'))).toEqual({ domain: 'db_source', layer: 'user_db_source' });
    expect(await at(new Resilience({ policies: [new NoPolicy()] }))).toBeNull();
  });
});

describe('withSource', () => {
  it('publishes under another source, and leaves the first stack as it was', async () => {
    const source = { app: 'mine' };
    const standard = sourceResilience('user_db_source');
    const mine = standard.withSource(source);

    const events = await observed(async () => [
      await standard.execute('get', async () => 1),
      await mine.execute('get', async () => 1),
    ]);

    expect(events.map((event) => event.source)).toEqual([null, null, source, source]);
    expect(mine.describe()).toBe(standard.describe());
  });
});

describe('the default stacks', () => {
  it('are metrics and retry for a repository', async () => {
    const clock = new ManualClock();
    const resilience = repositoryResilience('user_repository', { clock, random: () => 1 });
    const work = failingWork(...Array.from({ length: 20 }, () => transient()));

    const events = await observed(() => resilience.execute('getUser', work));

    expect(resilience.describe()).toBe('metrics(retry(call))');
    expect(events[0]).toMatchObject({ at: { domain: 'repository', layer: 'user_repository' } });
    expect(work.calls).toBe(10);
    expect(clock.slept).toEqual(Array.from({ length: 9 }, () => 100));
  });

  it('give a repository ten seconds', async () => {
    const resilience = repositoryResilience('user_repository', { clock: new ManualClock() });

    expect(await resilience.execute('getUser', async ({ deadline }) => deadline?.remainingMs)).toBe(10_000);
  });

  it('give a repository one retry for five calls, and ten each second in any case', async () => {
    const clock = new ManualClock();
    clock.sleep = async () => undefined;
    const resilience = repositoryResilience('user_repository', { clock });
    for (let call = 1; call <= 50; call += 1) await resilience.execute('getUser', failingWork());

    const failing = Array.from({ length: 50 }, () => failingWork(...Array.from({ length: 10 }, () => transient())));
    for (const work of failing) await resilience.execute('getUser', work).catch(() => undefined);

    const retries = failing.reduce((sum, { calls }) => sum + calls - 1, 0);
    expect(retries).toBe(100 * 0.2 + 10 * 10);
  });

  it('are metrics alone for a source', async () => {
    const resilience = sourceResilience('user_cache_source', 'cache_source');
    const work = failingWork(transient());

    const events = await observed(() => resilience.execute('getUser', work));

    expect(resilience.describe()).toBe('metrics(call)');
    expect(events[0]).toMatchObject({ at: { domain: 'cache_source', layer: 'user_cache_source' } });
    expect(work.calls).toBe(1);
  });
});
