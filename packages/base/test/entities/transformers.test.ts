import { EntityNotFound, InvalidInput } from '@holdfast/errors';
import { batchQuerier, order, searchScope, type Transformed, unscoped, where } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitySchema } from 'typeorm';
import { UnreadableAnswer } from '../../src/index.js';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

class Money {
  readonly cents: number;
  constructor(cents: number) {
    this.cents = cents;
  }
}

interface OfferRow {
  id: string;
  team: string;
  price: Transformed<Money>;
  discount: Transformed<Money> | null;
  note: string;
  tags: Transformed<Set<string>> | null;
  secret: Transformed<{ readonly key: string }> | null;
  bytes: Transformed<{ readonly text: string }> | null;
  seen: string | null;
}

const money = {
  to: (value: Money | null) => {
    if (value === null) return null;
    if (!(value instanceof Money)) throw new TypeError('not money');
    return value.cents;
  },
  from: (stored: number | null) => (stored === null ? null : new Money(stored)),
};
const prefixed = (prefix: string) => ({
  to: (value: string) => prefix + value,
  from: (stored: string) => {
    if (!stored.startsWith(prefix)) throw new TypeError(`no ${prefix} in front`);
    return stored.slice(prefix.length);
  },
});

const Offer = new EntitySchema<OfferRow>({
  name: 'Offer',
  tableName: 'offers',
  columns: {
    id: { type: 'text', primary: true, transformer: prefixed('offer:') },
    team: { type: 'text', transformer: prefixed('team:') },
    price: { type: 'int', transformer: money },
    discount: { type: 'int', nullable: true, transformer: money },
    note: { type: 'text', transformer: [prefixed('outer:'), prefixed('inner:')] },
    tags: {
      type: 'text',
      array: true,
      nullable: true,
      transformer: {
        to: (value: Set<string> | null) => value && [...value],
        from: (stored: string[] | null) => stored && new Set(stored),
      },
    },
    secret: {
      type: 'jsonb',
      nullable: true,
      transformer: {
        to: (value: { key: string } | null) => value && { hidden: value.key },
        // Values are the transformer's own, to change as it likes.
        from: (stored: { hidden?: string; key?: string } | null) => {
          if (stored === null) return null;
          stored.key = stored.hidden!;
          delete stored.hidden;
          return stored;
        },
      },
    },
    bytes: {
      type: 'bytea',
      nullable: true,
      transformer: {
        to: (value: { text: string } | null) => value && Buffer.from(value.text),
        from: (stored: Buffer | null) => stored && { text: stored.toString('utf8') },
      },
    },
    seen: {
      type: 'text',
      nullable: true,
      transformer: {
        to: (value: string | null) => value ?? 'nothing said',
        from: (stored: string | null) => stored ?? 'never written',
      },
    },
  },
});
const offers = operationsOf<OfferRow>(Offer);
const all = unscoped('a test');

describe.each(bothPools)('a transformer %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([Offer], pool);
    const { database } = test;
    for (const [id, cents] of [
      ['a', 300],
      ['b', 200],
      ['c', 100],
    ] as const) {
      const values = { id, team: id === 'c' ? 'blue' : 'red', price: new Money(cents), note: `note ${id}` };
      await database.execute(offers.create(all, { values }));
    }
  });
  afterAll(() => test.close());

  it('says what is stored and what is read, the first of several outermost on the way back', async () => {
    const values = {
      id: 'x',
      team: 'green',
      price: new Money(5),
      note: 'hello',
      tags: new Set(['one', 'two']),
      secret: { key: 'k' },
      bytes: { text: 'bÿtes' },
    };

    const created = await test.database.execute(offers.create(all, { values }));
    const [stored] = await test.dataSource.query<readonly object[]>(`SELECT * FROM offers WHERE id = 'offer:x'`);

    expect(stored).toEqual({
      id: 'offer:x',
      team: 'team:green',
      price: 5,
      discount: null,
      note: 'inner:outer:hello',
      tags: ['one', 'two'],
      secret: { hidden: 'k' },
      bytes: Buffer.from('bÿtes'),
      seen: null,
    });
    expect(created).toEqual({ ...values, discount: null, seen: 'never written' });
    expect(created.price).toBeInstanceOf(Money);
    expect(await test.dataSource.getRepository(Offer).findOneByOrFail({ id: 'x' })).toEqual({ ...created });
    await test.database.execute(offers.purge(all, 'x'));
  });

  it('is asked about null, but not about what is absent', async () => {
    const changed = await test.database.execute(offers.update(all, 'a', { changes: { seen: null, discount: null } }));
    const [stored] = await test.dataSource.query<readonly object[]>(
      `SELECT seen, discount FROM offers WHERE id = 'offer:a'`,
    );

    expect(stored).toEqual({ seen: 'nothing said', discount: null });
    expect(changed.seen).toBe('nothing said');
  });

  it('is heeded by ids, one and many', async () => {
    const found = await test.database.execute(offers.get(all, 'b'));
    const many = await test.database.execute(offers.loadMany(all, ['c', 'none', 'a']));
    const { count } = await test.database.execute(
      offers.batchUpdate(all, ['a', 'b'], { changes: { discount: new Money(1) } }),
    );

    expect(found.id).toBe('b');
    expect(many.map((offer) => offer?.id ?? null)).toEqual(['c', null, 'a']);
    expect(count).toBe(2);
    expect((await test.database.execute(offers.get(all, 'a'))).discount).toEqual(new Money(1));
  });

  it.each([
    ['eq', where<OfferRow>({ price: { eq: new Money(200) } }), ['b']],
    ['ne', where<OfferRow>({ price: { ne: new Money(200) } }), ['a', 'c']],
    ['in', where<OfferRow>({ price: { in: [new Money(100), new Money(300)] } }), ['a', 'c']],
    ['notIn', where<OfferRow>({ price: { notIn: [new Money(100), new Money(300)] } }), ['b']],
    ['gte and lt', where<OfferRow>({ price: { gte: new Money(150), lt: new Money(300) } }), ['b']],
    ['eq of a list of transformers', where<OfferRow>({ note: { eq: 'note c' } }), ['c']],
    ['isNull', where<OfferRow>({ tags: { isNull: true } }), ['a', 'b', 'c']],
  ])('is heeded by %s', async (_operator, condition, expected) => {
    const querier = batchQuerier<OfferRow>({
      conditions: [condition],
      orders: [order('id')],
      pagination: { noPagination: true },
    });

    const { items } = await test.database.execute(offers.search(all, querier));

    expect(items.map(({ id }) => id)).toEqual(expected);
  });

  it('leaves nothing to ask about the parts of a value', async () => {
    const asked: readonly object[] = [
      { note: { contains: 'note' } },
      { note: { istartsWith: 'n' } },
      { note: { ieq: 'NOTE A' } },
      { tags: { has: 'one' } },
      { tags: { isEmpty: false } },
      { secret: { hasKey: 'key' } },
      { secret: { at: { path: ['key'], eq: 'k' } } },
    ];
    for (const condition of asked) {
      const counting = test.database.execute(offers.count(all, condition as never));
      await expect(counting).rejects.toThrow(/has no operator .*: other values are stored than rows hold/);
    }
  });

  it('is heeded by orders, which are those of what is stored, and by their cursors', async () => {
    const page = (after: string | null) =>
      batchQuerier<OfferRow>({ orders: [order('price')], pagination: { first: 2, after: after as never } });

    const first = await test.database.execute(offers.search(all, page(null)));
    const second = await test.database.execute(offers.search(all, page(first.endCursor)));

    expect(first.items.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(second.items.map(({ id }) => id)).toEqual(['a']);
  });

  it('is heeded by scopes, in what they hide and in what they stamp', async () => {
    const red = searchScope<OfferRow>({ name: 'team', equals: { team: 'red' } });

    const created = await test.database.execute(
      offers.create(red, { values: { id: 'r', price: new Money(1), note: '' } }),
    );
    const hidden = test.database.execute(offers.get(red, 'c'));
    const [stored] = await test.dataSource.query<readonly object[]>(`SELECT team FROM offers WHERE id = 'offer:r'`);

    expect(created.team).toBe('red');
    expect(stored).toEqual({ team: 'team:red' });
    await expect(hidden).rejects.toThrow(EntityNotFound);
    await test.database.execute(offers.purge(red, 'r'));
  });

  it('is heeded by many rows at once', async () => {
    const rows = ['m', 'n'].map((id) => ({ values: { id, team: 't', price: new Money(7), note: id, seen: null } }));

    const created = await test.database.execute(offers.bulkCreate(all, rows));

    expect(created.map(({ id, price, seen }) => [id, price, seen])).toEqual([
      ['m', new Money(7), 'nothing said'],
      ['n', new Money(7), 'nothing said'],
    ]);
    await test.database.execute(offers.batchPurge(all, ['m', 'n']));
  });

  it('may refuse a value, which is then named', async () => {
    const values = { id: 'y', team: 't', price: { cents: 1 } as Money, note: '' };
    const creating = test.database.execute(offers.create(all, { values }));
    const changing = test.database.execute(offers.update(all, 'a', { changes: { price: { cents: 1 } as Money } }));
    const counting = test.database.execute(offers.count(all, { price: { in: [new Money(1), {} as Money] } }));

    await expect(creating).rejects.toThrow(InvalidInput);
    await expect(creating).rejects.toMatchObject({ pointer: '/price', cause: new TypeError('not money') });
    await expect(changing).rejects.toMatchObject({ pointer: '/price' });
    await expect(counting).rejects.toMatchObject({ pointer: '/conditions/0/price/in/1' });
  });

  it('that cannot read what is stored makes the answer unreadable', async () => {
    await test.dataSource.query(
      `INSERT INTO offers (id, team, price, note) VALUES ('offer:z', 'team:grey', 1, 'nothing in front')`,
    );
    const grey = searchScope<OfferRow>({ name: 'team', equals: { team: 'grey' } });

    await expect(test.database.execute(offers.get(grey, 'z'))).rejects.toThrow(UnreadableAnswer);
    await test.dataSource.query(`DELETE FROM offers WHERE id = 'offer:z'`);
  });

  it('is not asked about rows that are not there', async () => {
    const nobody = searchScope<OfferRow>({ name: 'team', equals: { team: 'nobody' } });
    const querier = batchQuerier<OfferRow>({ pagination: { first: 2 }, total: 'exact' });

    const page = await test.database.execute(offers.search(nobody, querier));
    const pages = await test.database.execute(
      offers.pagesPerParent(all, { by: 'team', parents: ['red', 'nobody'] }, querier),
    );

    expect(page.total).toEqual({ value: 0, exact: true });
    expect(page.items).toEqual([]);
    expect([...pages].map(([team, { items }]) => [team, items.length])).toEqual([
      ['red', 2],
      ['nobody', 0],
    ]);
  });

  it('that makes an empty text of a value says nothing in a batch', async () => {
    interface LaxRow {
      id: number;
      name: string;
    }
    const Lax = new EntitySchema<LaxRow>({
      name: 'Lax',
      columns: {
        id: { type: 'int', primary: true },
        name: { type: 'text', transformer: { to: (name: string) => name.trim(), from: (name: string) => name } },
      },
    });
    const lax = operationsOf<LaxRow, number>(Lax);
    const other = await testDatabase([Lax], pool);

    const purging = other.database.execute(lax.batchPurge(all, where<LaxRow>({ name: { gte: '  ' } })));

    await expect(purging).rejects.toThrow('everyRow(reason)');
    await other.close();
  });
});
