import { type UnitOfWork, unitSpec, type UnitWrite, type WriteSpec } from '@holdfast/base';

/**
 * Several statements in one transaction. Operation keys belong to the scope of `about`, a write of one of the rows, and
 * are bound to what is asked for.
 */
export function unitAbout<Result>(
  name: string,
  about: WriteSpec<unknown>,
  asked: readonly unknown[],
  unit: (work: UnitOfWork) => Promise<Result>,
): UnitWrite<Result> {
  const payload = (): string => JSON.stringify(asked);
  return Object.freeze({ ...unitSpec(name, unit), payload, scopeDigest: () => about.scopeDigest?.() ?? '' });
}
