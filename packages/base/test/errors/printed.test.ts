import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, HoldfastError } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { inspect } from 'node:util';
import { EntitySchema, QueryFailedError } from 'typeorm';
import { entityOperations, InvalidData, NotNullViolation, UnreadableAnswer } from '../../src/index.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface BoxRow {
  readonly id: number;
  readonly secret: string;
  readonly size: number;
  readonly must: string;
}

const BoxRow = new EntitySchema<BoxRow>({
  name: 'Box',
  tableName: 'boxes',
  columns: {
    id: { type: 'int', primary: true },
    secret: { type: 'text', unique: true },
    size: { type: 'int' },
    must: { type: 'text' },
  },
  checks: [{ name: 'boxes_size', expression: 'size > 0' }],
});

const boxes = entityOperations<BoxRow, BoxRow, number>({
  entity: BoxRow,
  toData: (row) => ({ ...row }),
  notFound: () => new EntityNotFound('box'),
  alreadyExists: () => new EntityAlreadyExists('box'),
});

const all = unscoped('a test');
const secret = 'hush-hush';
const box: BoxRow = { id: 1, secret, size: 1, must: 'there' };

const thrownBy = (work: Promise<unknown>): Promise<HoldfastError> =>
  work.then(
    () => new HoldfastError({ code: 'no_generic_failure' as never, message: 'Nothing was thrown.' }),
    (error: unknown) => error as HoldfastError,
  );

describe('what is printed of an error', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([BoxRow])));
  beforeEach(() => test.dataSource.query('TRUNCATE boxes'));
  afterAll(() => test.close());

  const sql = (text: string, values: unknown[] = []): Promise<HoldfastError> =>
    thrownBy(test.database.beginSession(({ manager }) => manager.query(text, values)));

  it.each<[string, () => Promise<HoldfastError>]>([
    [
      'a column that must have a value has none',
      () => thrownBy(test.database.execute(boxes.create(all, { values: { ...box, must: null as never } }))),
    ],
    [
      'a check refuses a row',
      () => thrownBy(test.database.execute(boxes.create(all, { values: { ...box, size: 0 } }))),
    ],
    [
      'a row is there already',
      async () => {
        await test.database.execute(boxes.create(all, { values: box }));
        return thrownBy(test.database.execute(boxes.create(all, { values: { ...box, id: 2 } })));
      },
    ],
    ['a text is no uuid', () => sql('SELECT $1::uuid', [secret])],
    ['a text is no number', () => sql('SELECT $1::text::int', [secret])],
    ['a text is no JSON', () => sql('SELECT $1::json', [`{"a": "${secret}`])],
    ['a number is out of range', () => sql("SELECT ('9999999999' || length($1))::int", [secret])],
    [
      'a statement within a function quotes one',
      () => sql(`DO $$ BEGIN EXECUTE format('SELECT %L::int', '${secret}'); END $$`),
    ],
  ])('holds no value of a row where %s', async (_, failing) => {
    const error = await failing();

    expect(error).toBeInstanceOf(HoldfastError);
    expect(error.code).not.toBe('no_generic_failure');
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/hush|9999999999/);
  });

  it('says what the server says of its catalog and of its source', async () => {
    const error = await thrownBy(test.database.execute(boxes.create(all, { values: { ...box, must: null as never } })));

    expect(error).toBeInstanceOf(NotNullViolation);
    expect(error).toMatchObject({ table: 'boxes', column: 'must', sqlState: '23502' });
    const { cause } = error;
    expect(cause).toMatchObject({ code: '23502', severity: 'ERROR', routine: expect.any(String) as never });
    expect((cause as Error).message).toBe(
      'null value in column "must" of relation "boxes" violates not-null constraint',
    );
    expect(cause).not.toHaveProperty('detail');
  });

  it('says what is wrong with a value, and not what it is', async () => {
    const error = await sql('SELECT $1::uuid', [secret]);
    expect(error).toBeInstanceOf(InvalidData);
    expect((error.cause as Error).message).toBe('invalid input syntax for type uuid…');
    expect((error.cause as Error).stack).toContain('invalid input syntax for type uuid…\n    at ');
  });

  it('keeps details that are about statements', async () => {
    const error = await sql('SELECT 1 FROM boxes b JOIN boxes c ON b.id = c.id WHERE boxes.size = 1');
    expect(error.cause).toMatchObject({ code: '42P01', hint: expect.any(String) as never });
  });

  it('holds nothing of an answer that cannot be read', () => {
    let cause: unknown;
    try {
      JSON.parse(`"${secret}`);
      JSON.parse(secret);
    } catch (error) {
      cause = error;
    }
    const error = new UnreadableAnswer({ cause, retryable: false, outcome: 'not-committed' });
    expect(inspect(error)).not.toContain('hush');
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  it('leaves what the driver threw as it was, for those who have it', async () => {
    await test.dataSource.query(`INSERT INTO boxes VALUES (1, '${secret}', 1, 'there')`);
    let caught: unknown;
    await thrownBy(
      test.database.beginSession(async ({ manager }) => {
        await manager.query(`INSERT INTO boxes VALUES (2, '${secret}', 1, 'there')`).catch((error: unknown) => {
          caught = error;
          throw error;
        });
      }),
    );
    const raw = caught instanceof QueryFailedError ? caught.driverError : (caught as Error);
    expect(raw).toMatchObject({ detail: `Key (secret)=(${secret}) already exists.` });
  });
});
