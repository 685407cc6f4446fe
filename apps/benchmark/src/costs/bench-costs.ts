import { parseArgs } from 'node:util';
import pg from 'pg';
import { writeFigures } from '../figures/write-figures.js';
import { onDatabase } from '../on-database.js';
import { createSessionTable } from '../session-table.js';
import { compareWithSockets } from './compare-with-sockets.js';
import { profileCosts } from './profile-costs.js';

const CALLERS = 16;

/**
 * `npm run bench -- costs`: what the time of some operations is made of, and what of it bytes on sockets take, so that
 * nobody's code could save it.
 */
export async function benchCosts(line: readonly string[]): Promise<void> {
  parseArgs({ args: [...line], options: {} });
  await onDatabase(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      await createSessionTable(client);
      const costs = await profileCosts(url, CALLERS);
      console.log(`\n${costs}`);
      const sockets = await compareWithSockets(client, url, CALLERS);
      console.log(`\n${sockets}`);
      await writeFigures([
        { name: 'costs', text: costs, picture: null },
        { name: 'sockets', text: sockets, picture: null },
      ]);
    } finally {
      await client.end();
    }
  });
}
