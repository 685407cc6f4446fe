import type { AskedPage } from './asked.js';

/** The page that is asked for by what is given; by nothing, the first 20 rows. */
export function askedPage(given: Readonly<Record<string, unknown>>): AskedPage {
  const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return entries.length === 0 ? { first: 20 } : Object.fromEntries(entries);
}
