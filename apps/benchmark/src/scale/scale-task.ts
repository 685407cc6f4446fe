import type { SessionRow } from '../session-table.js';

/** What is measured at one point of a curve: plain data, which goes to the contender's process. */
export type ScaleTask = { readonly rows: number } & (
  | { readonly kind: 'get' }
  | { readonly kind: 'create' }
  /** 20 rows of the large tenant, the newest first, after the first `depth`. */
  | { readonly kind: 'page'; readonly by: 'offset' | 'cursor'; readonly depth: number }
  /** One row, or the newest 20, of `scopes` tenants together. */
  | { readonly kind: 'getInScopes' | 'pageInScopes'; readonly scopes: number }
  /** The newest 20 of the large tenant among `length` ids. */
  | { readonly kind: 'among'; readonly length: number }
);

/** A task that is ready to run over and over; the turn says which of several rows. */
export type Work = (turn: number) => Promise<SessionRow | readonly SessionRow[]>;

/** One way to do the tasks. */
export interface ScaleContender {
  /** Makes ready what belongs to no call: cursors, lists, statements. */
  prepare(task: ScaleTask): Promise<Work>;
  close(): Promise<void>;
}

/** Opens a contender with at most `connections` connections. */
export type OpenScaleContender = (url: string, connections: number) => ScaleContender | Promise<ScaleContender>;
