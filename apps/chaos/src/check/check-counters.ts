import { HOT_COUNTERS } from '../writing/plan-writes.js';
import type { FindingsMade } from './findings.js';
import type { StoredLedger } from './stored-ledger.js';

/** Each counter has gone up once for each of its postings, by whomever; there are as many as there were. */
export function checkCounters({ counters, postings }: StoredLedger, findings: FindingsMade): void {
  const ids = new Set(Array.from({ length: HOT_COUNTERS }, (_, id) => id));
  for (const { id, total } of counters) {
    if (!ids.delete(id)) findings.unexplained.push(`counter ${id} is nobody's`);
    const posted = postings.filter(({ counter }) => counter === id).length;
    const kind = total > posted ? 'duplicates' : 'lost';
    for (let i = 0; i < Math.abs(total - posted); i++) {
      findings[kind].push(`counter ${id} is at ${total} after ${posted} postings`);
    }
  }
  for (const id of ids) findings.lost.push(`counter ${id} is not there`);
}
