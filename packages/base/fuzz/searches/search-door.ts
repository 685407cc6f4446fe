import type { Door } from '../door.js';
import type { FuzzedDatabase } from './fuzzed-database.js';

/** A way by which searches come in. */
export interface SearchDoor<Case = unknown> extends Door<FuzzedDatabase, Case> {
  /** Of a hundred cases. */
  readonly share: number;
}
