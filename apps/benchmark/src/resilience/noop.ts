/** The work of every contender: it costs nothing itself, so that all that is measured is what lies around it. */
export async function noop(): Promise<void> {}
