import type { ChaosServer } from '../faults/chaos-server.js';
import { HOT_COUNTERS } from '../writing/plan-writes.js';
import type { Write } from '../writing/write.js';

/** What has to be there before the first write: the counters, and a voucher for each purge. */
export async function fillLedger(server: ChaosServer, writes: readonly Write[]): Promise<void> {
  await server.query('INSERT INTO ledger_counters SELECT id, 0 FROM generate_series(0, $1::integer - 1) id', [
    HOT_COUNTERS,
  ]);
  const vouchers = writes.filter(({ kind }) => kind === 'purge');
  await server.query('INSERT INTO ledger_vouchers SELECT * FROM unnest($1::integer[], $2::integer[], $3::text[])', [
    vouchers.map(({ worker }) => worker),
    vouchers.map(({ seq }) => seq),
    vouchers.map(({ value }) => value),
  ]);
}
