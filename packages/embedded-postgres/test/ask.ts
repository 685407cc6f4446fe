import pg from 'pg';

/** Runs one statement on a connection of its own; the rows as arrays of values. */
export async function ask(url: string, sql: string): Promise<readonly unknown[][]> {
  const client = new pg.Client(url);
  // A server that ends under us is what some tests are about.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}
