import type { ContractWorld } from './contract-world.js';

/** The data without what writes change on their own. */
export function steady({ contract: { bookkeeping = [] } }: ContractWorld, data: object): object {
  const kept = Object.entries(data).filter(([property]) => !(bookkeeping as readonly string[]).includes(property));
  return Object.fromEntries(kept);
}
