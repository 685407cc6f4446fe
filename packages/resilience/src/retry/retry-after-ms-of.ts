/** How long an error says that there is no use in another attempt, in milliseconds; null where it says nothing. */
export function retryAfterMsOf(error: unknown): number | null {
  const { retryAfterMs } = error as { readonly retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : null;
}
