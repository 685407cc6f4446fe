import type { CreatorSpec, PartialResult } from '@holdfast/base';

/** What became of many specs, told of these instead of what was made of them. They are the caller's, and left as they are. */
export function partialResultOf<Row, Data, Create>(
  { successes, failures }: PartialResult<Data, CreatorSpec<Row>>,
  specs: readonly Create[],
): PartialResult<Data, Create> {
  const told = failures.map(({ index, error }) => Object.freeze({ index, spec: specs[index]!, error }));
  return Object.freeze({ successes, failures: Object.freeze(told) });
}
