import type { NewSession } from '../session-table.js';

/** The tenant whose rows are created while measuring. */
const WRITTEN_TENANT = 'written';

export function newSession(turn: number): NewSession {
  return {
    tenant: WRITTEN_TENANT,
    name: `new-${turn}`,
    status: 'PENDING',
    access_key: `AKIAW${turn}`,
    requested_slots: { cpu: '4', mem: '8589934592' },
  };
}
