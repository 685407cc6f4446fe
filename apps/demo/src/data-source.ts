import { guardedPool } from '@holdfast/base';
import { DataSource } from 'typeorm';
import { entities } from './domains.js';
import { POOL_SIZE } from './pool-size.js';

/** The DataSource of the demo, not yet connected. Nothing that is asked of it waits for ever. */
export function dataSourceOf(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [...entities],
    ...guardedPool({
      max: POOL_SIZE,
      connectionTimeoutMillis: 5_000,
      lock_timeout: 3_000,
      statement_timeout: 10_000,
      // For a server that does not answer at all, and so does not end a statement either.
      query_timeout: 12_000,
    }),
  });
}
