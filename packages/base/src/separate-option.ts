/** For what may be called within a dbSession without being part of it. */
export interface SeparateOption {
  /**
   * Whether a call within a dbSession of the same Database is meant to be apart from it: on a second connection, which sees
   * nothing that the transaction did, and stays when it is undone. Such a call waits for ever for rows that the dbSession
   * has locked, and for a connection where the dbSessions have them all. Default false: it is refused (Misuse).
   */
  readonly separate?: boolean;
}
