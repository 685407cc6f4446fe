import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { NoPolicy, Resilience, sourceResilience, useResilience } from '@holdfast/resilience';
import { observed } from './observed.js';

class Repository {
  @(sourceResilience('standard').apply())
  async get(): Promise<number> {
    return 1;
  }
}

async function layers(repository: Repository): Promise<unknown[]> {
  const events = await observed(() => repository.get());
  return events.map(({ at }) => at?.layer);
}

describe('useResilience', () => {
  it('replaces the stack of one instance and of no other', async () => {
    const [mine, other] = [new Repository(), new Repository()];

    useResilience(mine, sourceResilience('mine'));

    expect(await layers(mine)).toEqual(['mine', 'mine']);
    expect(await layers(other)).toEqual(['standard', 'standard']);
  });

  it('may be called again: the last call counts', async () => {
    const repository = new Repository();

    useResilience(repository, sourceResilience('first'));
    useResilience(repository, new Resilience({ policies: [new NoPolicy()] }));

    expect(await layers(repository)).toEqual([]);
    expect(await repository.get()).toBe(1);
  });

  it('cannot be seen by what lists or copies the instance', () => {
    const repository = new Repository();

    useResilience(repository, sourceResilience('mine'));

    expect(Object.keys(repository)).toEqual([]);
    expect(Object.getOwnPropertySymbols({ ...repository })).toEqual([]);
  });

  it('refuses a frozen instance', () => {
    expect(() => useResilience(Object.freeze(new Repository()), sourceResilience('mine'))).toThrow(Misuse);
  });
});
