import type { WriteOptions } from '@holdfast/base';
import type { LedgerRepository } from '../ledger/ledger-repository.js';
import type { Write } from './write.js';

/** Sends a write once. Resolves with the value that the repository returned. */
export function performWrite(ledger: LedgerRepository, write: Write, options: WriteOptions): Promise<string> {
  switch (write.kind) {
    case 'create':
      return ledger.create(write, options);
    case 'post':
      return ledger.post(write, write.counters, options);
    case 'update':
      return ledger.update(write, write.slot, options);
    case 'upsert':
      return ledger.upsert(write, write.slot, options);
    case 'purge':
      return ledger.purge(write, options);
  }
}
