const sqlState = /^[0-9A-Z]{5}$/;

/** The SQLSTATE (PostgreSQL appendix A) of an error that the database answered with, or null. */
export function sqlStateOf(error: unknown): string | null {
  try {
    const state = (error as { readonly sqlState?: unknown }).sqlState;
    return typeof state === 'string' && sqlState.test(state) ? state : null;
  } catch {
    return null; // No object, or one whose fields cannot be read.
  }
}
