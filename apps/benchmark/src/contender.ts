import type { NewSession, SessionChange, SessionRow } from './session-table.js';

/** The operations that are compared. */
export interface Operations {
  get(tenant: string, id: string): Promise<SessionRow>;
  /** The newest 20 of a tenant's sessions with a status, ordered by creation time and id. */
  search(tenant: string, status: string): Promise<readonly SessionRow[]>;
  create(session: NewSession): Promise<SessionRow>;
  update(tenant: string, id: string, change: SessionChange): Promise<SessionRow>;
}

export type OperationName = keyof Operations;

/** One way to do the same work on the same table. */
export interface Contender extends Partial<Operations> {
  close(): Promise<void>;
}

/** Opens a contender on a database, with `connections` connections. */
export type OpenContender = (url: string, connections: number) => Promise<Contender>;
