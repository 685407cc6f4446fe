const dateOf = (text) => (text === null ? null : new Date(text));

/** A row that was JSON, with Dates for its times; into the same object, which nobody else has. */
export function revivedRow(row) {
  row.created_at = dateOf(row.created_at);
  row.updated_at = dateOf(row.updated_at);
  row.deleted_at = dateOf(row.deleted_at);
  return row;
}
