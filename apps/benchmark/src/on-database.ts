import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';

/** Runs work on a PostgreSQL of its own, which is gone afterwards. */
export async function onDatabase<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const postgres = await startEmbeddedPostgres();
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
