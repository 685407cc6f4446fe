import type { EmbeddedPostgresOptions } from './embedded-postgres-options.js';

const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** The `-c name=value` arguments of the server. */
export function serverSettings(options: EmbeddedPostgresOptions): string[] {
  const settings = {
    ...(options.durability === 'fast' ? FAST : DURABLE),
    max_connections: options.maxConnections ?? 200,
    deadlock_timeout: '100ms',
    // Errors of statements go to the client that made them; our log is kept for what the server has to say for itself.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
