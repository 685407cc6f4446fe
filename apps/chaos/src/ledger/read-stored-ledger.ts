import type { StoredLedger } from '../check/stored-ledger.js';
import type { ChaosServer } from '../faults/chaos-server.js';

/** Everything that is stored, read past whatever wrote it: by plain SQL, on another connection. */
export async function readStoredLedger(server: ChaosServer): Promise<StoredLedger> {
  const [stored] = await server.query<StoredLedger>(
    `SELECT ${['entries', 'postings', 'counters', 'registers', 'vouchers'].map((name) => rows(name, 'NULL')).join(', ')},
      ${rows('changes', 'position')}`,
  );
  return stored!;
}

function rows(name: string, order: string): string {
  return `(SELECT coalesce(json_agg(t ORDER BY ${order}), '[]') FROM ledger_${name} t) AS ${name}`;
}
