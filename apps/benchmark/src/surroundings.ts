import { cpus, totalmem } from 'node:os';
import type pg from 'pg';
import type { OpenContenders } from './open-contenders.js';

/** On what and of what was measured, as lines of text. */
export async function surroundings(
  client: pg.ClientBase,
  { processes, missing }: Pick<OpenContenders, 'processes' | 'missing'>,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const [cpu] = cpus();
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpu!.model.trim()}, ${cpus().length} cores, ` +
      `${(totalmem() / 2 ** 30).toFixed(0)} GB of memory, shared by PostgreSQL and the contenders`,
    `Node ${process.versions.node}, PostgreSQL ${rows[0]!.server_version.split(' ')[0]} on loopback`,
    ...processes.map(({ name, version }) => `${name}: ${version}`),
    ...[...missing].map(([name, reason]) => `${name}: not measured, ${reason}`),
  ];
}
