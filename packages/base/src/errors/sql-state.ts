// Some errors of the socket look alike: EPIPE.
const sqlState = /^(?!E[A-Z]{4}$)[0-9A-Z]{5}$/;

/** The SQLSTATE of an error of the server (PostgreSQL appendix A), or null for any other value. */
export function sqlStateOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null ? (error as { readonly code?: unknown }).code : undefined;
  return typeof code === 'string' && sqlState.test(code) ? code : null;
}
