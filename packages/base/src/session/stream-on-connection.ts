/** What reads from the connection until it is closed, e.g. pg-query-stream. */
export interface StreamOnConnection {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}
