import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { driverError } from '../../src/errors/driver-error.js';
import { factsOf } from '../fixture/facts-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const thrownBy = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe("errors of TypeORM's", () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([])));
  afterAll(() => test.close());

  it('QueryFailedError is what the driver threw within it', async () => {
    const error = await thrownBy(() => test.dataSource.query('SELECT 1 / 0'));

    const known = driverError(error, 'open');

    expect(error).toBeInstanceOf(QueryFailedError);
    expect(factsOf(known, 'open')).toBe('InvalidData, not-committed');
    expect(known).toMatchObject({ sqlState: '22012', cause: (error as QueryFailedError).driverError });
  });

  it('QueryRunnerAlreadyReleasedError: the connection was lost between two statements', async () => {
    const runner = test.dataSource.createQueryRunner();
    await runner.release();
    const error = await thrownBy(() => runner.query('COMMIT'));
    expect(error).toMatchObject({ name: 'QueryRunnerAlreadyReleasedError' });
    expect(factsOf(driverError(error, 'committing'), 'committing')).toBe('ConnectionLost, not-committed, again, ends');
  });

  it('QueryRunnerProviderAlreadyReleasedError: the connection was lost between two statements', async () => {
    const runner = test.dataSource.createQueryRunner();
    const { manager } = runner;
    await runner.release();
    const error = await thrownBy(() => manager.query('SELECT 1'));
    expect(error).toMatchObject({ name: 'QueryRunnerProviderAlreadyReleasedError' });
    expect(factsOf(driverError(error, 'committing'), 'committing')).toBe('ConnectionLost, not-committed, again, ends');
  });

  it('a fault of the program within QueryFailedError is left as it is', () => {
    const error = new QueryFailedError('SELECT $1', [], new TypeError('not a function'));
    expect(driverError(error, 'open')).toBe(error);
  });
});
