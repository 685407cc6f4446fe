import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';

let own: Promise<string> | undefined;

/**
 * The PostgreSQL to test on: the one that HOLDFAST_TEST_DATABASE_URL or else DATABASE_URL names, whose user must be
 * allowed to create databases. If neither is set: an embedded one, started on the first call with settings for tests
 * (fsync off), which ends with this process. To share one among the processes of a run, start it before them and set
 * HOLDFAST_TEST_DATABASE_URL.
 */
export async function testServerUrl(): Promise<string> {
  const named = process.env['HOLDFAST_TEST_DATABASE_URL'] || process.env['DATABASE_URL'];
  if (named) return named;
  own ??= startEmbeddedPostgres({ durability: 'fast' }).then(({ url }) => url);
  return own;
}
