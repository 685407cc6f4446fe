import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { valueCodec } from '../src/index.js';

class Slots {
  constructor(readonly of: string) {}
}

// Jest takes no date that is none for equal to another, and what has a member of this name is refused.
const anything = fc.anything({
  key: fc.string().filter((name) => name !== '__proto__'),
  values: [
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.string(),
    fc.bigInt(),
    fc.constantFrom(null, undefined),
    fc.date({ noInvalidDate: true }),
  ],
  withMap: true,
  withSet: true,
  withNullPrototype: false,
  withSparseArray: true,
});

describe('what is stored of a value', () => {
  const codec = valueCodec<unknown>({ version: 1 });

  it('comes back as it was, be it dates, bigint, undefined, NaN, maps or sets', async () => {
    await fc.assert(
      fc.asyncProperty(
        anything.filter((value) => value !== null),
        async (value) => {
          expect(await codec.decode(codec.encode(value))).toEqual(value);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is a date that is none, if it was', async () => {
    const back = (await codec.decode(codec.encode(new Set([new Date(NaN)])))) as Set<Date>;
    expect([...back].map((date) => [date instanceof Date, date.getTime()])).toEqual([[true, NaN]]);
  });

  it('is refused with a member that would be another prototype', () => {
    expect(() => codec.encode(JSON.parse('{"__proto__": []}'))).toThrow('__proto__');
  });

  it('is frozen when it comes back', async () => {
    const back = (await codec.decode(codec.encode({ list: [{ at: new Date(0) }] }))) as { list: { at: Date }[] };
    expect([back, back.list, back.list[0]].every(Object.isFrozen)).toBe(true);
    expect(back.list[0]?.at).toEqual(new Date(0));
  });

  it('is not there for another version, and for what is no value', async () => {
    const text = codec.encode({ a: 1 });
    expect(await valueCodec({ version: 2 }).decode(text)).toBeNull();
    expect(await valueCodec({ version: 11 }).decode(text)).toBeNull();
    await fc.assert(
      fc.asyncProperty(fc.string(), async (junk) => {
        const isText = /^1:/.test(junk);
        if (!isText) expect(await codec.decode(junk)).toBeNull();
        else await codec.decode(junk);
      }),
    );
    for (const cut of ['1:', '1:[', '1:{"a":1}', '1:[[5]]', `${text.slice(0, -2)}`]) {
      expect(await codec.decode(cut)).toBeNull();
    }
  });

  it('is refused where it would not come back: a class, a function, a symbol', () => {
    for (const value of [new Slots('cpu'), () => 1, Symbol('s'), { deep: [new Slots('cpu')] }]) {
      expect(() => codec.encode(value)).toThrow();
    }
  });

  it('is refused where it would come back as less than it was: what extends a class of the language', () => {
    class Moment extends Date {}
    class List extends Array {}
    class Index extends Map {}
    class Ids extends Set {}
    for (const value of [new Moment(0), new List(), new Index(), new Ids(), Buffer.from('a')]) {
      expect(() => codec.encode({ value })).toThrow('would lose what it is');
    }
    const told = valueCodec({ version: 1, reducers: { Moment: (value) => value instanceof Moment && [+value] } });
    expect(told.encode({ value: new Moment(0) })).toContain('Moment');
    expect(codec.decode(codec.encode(new Uint8Array([1])))).toEqual(new Uint8Array([1]));
  });

  it('is frozen below what a schema has frozen', async () => {
    const inner = { list: [1] };
    const validate = () => ({ value: Object.freeze({ inner }) });
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    await valueCodec({ version: 1, schema }).decode(codec.encode({}));
    expect([inner, inner.list].every(Object.isFrozen)).toBe(true);
  });

  it('knows classes that it was told of', async () => {
    const told = valueCodec<{ slots: Slots }>({
      version: 1,
      reducers: { Slots: (value) => value instanceof Slots && value.of },
      revivers: { Slots: (of: string) => new Slots(of) },
    });
    const back = await told.decode(told.encode({ slots: new Slots('cpu') }));
    expect(back?.slots).toEqual(new Slots('cpu'));
    expect(back?.slots).toBeInstanceOf(Slots);
  });

  it('is what the schema makes of it, and not there where the schema refuses it', async () => {
    const schema = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) =>
          typeof (value as { n: unknown }).n === 'number'
            ? { value: { n: (value as { n: number }).n + 1 } }
            : { issues: [{ message: 'n is no number' }] },
      },
    };
    const checked = valueCodec({ version: 1, schema });
    expect(await checked.decode(codec.encode({ n: 1, more: true }))).toEqual({ n: 2 });
    expect(await checked.decode(codec.encode({ n: '1' }))).toBeNull();
  });

  it('cannot reach the prototype of objects', async () => {
    await codec.decode('1:[{"__proto__":1},{"polluted":2},true]');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
