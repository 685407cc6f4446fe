import pg from 'pg';

/** Runs `work` on a connection of its own. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'holdfast-testing' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
