import { withClient } from './with-client.js';

const DAY_MS = 86_400_000;

/**
 * Drops the test databases that killed runs left on a server which outlives them: those of yesterday and before that
 * nobody is connected to. Templates stay, for the next run.
 */
export async function dropLeftovers(serverUrl: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database d WHERE datname LIKE 'holdfast\\_test\\_%'
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
    );
    for (const { name } of rows.filter(({ name }) => madeAt(name) < Date.now() - DAY_MS)) {
      // Two runs may clean up at once, or somebody may have just connected: then it is left for the next time.
      await client.query(`DROP DATABASE IF EXISTS "${name}"`).catch(() => {});
    }
  });
}

function madeAt(name: string): number {
  return Number.parseInt(name.split('_')[2] ?? '', 36);
}
