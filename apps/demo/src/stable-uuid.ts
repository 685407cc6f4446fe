import { v5 } from 'uuid';

const namespace = 'a3a1c0de-5eed-5eed-8eed-000000000000';

/** The same UUID for the same name, at every start and on every machine. */
export function stableUuid(name: string): string {
  return v5(name, namespace);
}
