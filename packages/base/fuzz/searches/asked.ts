import type { OracleOrder } from '../../../querier/test/oracle/sorted-rows.js';

/** What a request asks for, in the oracle's words: read by hand, and not by what is fuzzed. */
export interface Asked {
  readonly condition: unknown;
  readonly orders: readonly OracleOrder[];
  readonly page: AskedPage;
  readonly total: 'none' | 'exact' | number;
  readonly measureBoth: boolean;
}

export interface AskedPage {
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string | null;
  readonly limit?: number;
  readonly offset?: number;
}
