import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  batchQuerier,
  type Cursor,
  CursorCodec,
  entityShape,
  order,
  type Page,
  type QueryOrder,
  toSql,
  unscoped,
} from '../src/index.js';
import { noteDatabase, type NoteDatabase } from './fixture/note-database.js';

interface Profile {
  id: number;
  userName: string;
  nick: string;
}
interface User {
  id: number;
  name: string;
  profile: Profile | null;
}
interface Post {
  id: number;
  userId: number | null;
  user: User | null;
}

const id = { type: 'int', primary: true } as const;
const profiles = entityShape<Profile>({
  name: 'Profile',
  table: 'path_profiles',
  columns: { id, userName: { type: 'text' }, nick: { type: 'text' } },
});
const users = entityShape<User>({
  name: 'User',
  table: 'path_users',
  columns: { id, name: { type: 'text' } },
  // A column that is no key: several profiles may stand behind one user.
  relations: { profile: { target: () => profiles, on: { name: 'userName' } } },
});
const posts = entityShape<Post>({
  name: 'Post',
  table: 'path_posts',
  columns: { id, userId: { type: 'int', nullable: true } },
  relations: { user: { target: () => users, on: { userId: 'id' } } },
});

const everybody = unscoped('a test');
const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });

describe('an order over relations that do not lead to keys', () => {
  let test: NoteDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    test = await noteDatabase();
    client = test.plain;
    await client.query(`
      CREATE TABLE path_profiles (id int PRIMARY KEY, "userName" text NOT NULL, nick text NOT NULL);
      CREATE TABLE path_users (id int PRIMARY KEY, name text NOT NULL);
      CREATE TABLE path_posts (id int PRIMARY KEY, "userId" int);
      INSERT INTO path_profiles VALUES (1, 'ann', 'c'), (2, 'ann', 'a'), (3, 'ben', 'b'), (4, 'ann', 'd');
      INSERT INTO path_users VALUES (1, 'ann'), (2, 'ben'), (3, 'cid');
      INSERT INTO path_posts VALUES (1, 2), (2, 1), (3, NULL), (4, 1), (5, 3), (6, 2);
    `);
  });
  afterAll(() => test.close());

  it.each([1, 2, 9])('has each row once, by the least of what is behind it, in pages of %d', async (first) => {
    const seen: number[] = [];
    let after: Cursor | null = null;
    for (let pages = 0; pages < 9; pages++) {
      const querier = batchQuerier<Post>({
        orders: [order<Post>('user.profile.nick')],
        pagination: { first, after },
        total: 'exact',
      });
      const search = toSql(posts, everybody, querier, { cursors });
      const page: Page<Post> = search.toPage((await client.query(search)).rows as object[]);
      expect(page.total).toEqual({ value: 6, exact: true });
      seen.push(...page.items.map((post) => post.id));
      after = page.endCursor;
      if (!page.hasNextPage) break;
    }
    expect(seen).toEqual([2, 4, 1, 6, 3, 5]);
  });

  it('is sought by one filter: a union of ranges would read all of it for each', () => {
    const sqlOf = (...orders: QueryOrder<Post>[]): string => {
      const start = toSql(posts, everybody, batchQuerier<Post>({ orders, pagination: { first: 1 } }), { cursors });
      const after = start.toPage([
        { id: 1, userId: 1, '#k0': 'a', '#k1': 'a', '#t0': '1', '#t1': 'a', '#t2': '1' },
      ]).endCursor;
      const next = batchQuerier<Post>({ orders, pagination: { first: 1, after } });
      return toSql(posts, everybody, next, { cursors }).text;
    };
    const name = order<Post>('user.name');
    expect(sqlOf(name)).not.toContain('UNION');
    expect(sqlOf(order<Post>('id'), name)).toContain('"id" >= $1::int4 AND (');
  });
});
