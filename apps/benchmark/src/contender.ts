import type { NewSession, SessionRow } from './session-table.js';

/** The operations that are compared. */
export const OPERATIONS = ['get', 'search', 'create'] as const;
export type OperationName = (typeof OPERATIONS)[number];

/** One way to do the same work on the same table. */
export interface Contender {
  get(tenant: string, id: string): Promise<SessionRow>;
  /** The newest 20 of a tenant's sessions with a status, ordered by creation time and id. */
  search(tenant: string, status: string): Promise<readonly SessionRow[]>;
  create(session: NewSession): Promise<SessionRow>;
  close(): Promise<void>;
}

/** Opens a contender on a database, with `connections` connections. */
export type OpenContender = (url: string, connections: number) => Promise<Contender>;
