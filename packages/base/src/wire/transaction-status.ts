/** Whether a connection may go back to the pool: it is alive, and no transaction is open on it. */
export function isUsable(client: object): boolean {
  const { _queryable: isQueryable } = client as { _queryable?: boolean };
  return isQueryable !== false && (transactionStatus(client) ?? 'I') === 'I';
}

/** I, T or E (PostgreSQL 53.7, ReadyForQuery); null where the client does not tell. */
export function transactionStatus(client: object): string | null {
  return (client as { _txStatus?: string | null })._txStatus ?? null;
}
