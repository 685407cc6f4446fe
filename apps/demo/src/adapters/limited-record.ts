import { z } from 'zod';

/** An object with any names that fit, and a limited number of them. */
export function limitedRecord<Value extends z.ZodType>(
  name: z.ZodType<string, string>,
  value: Value,
  mostEntries: number,
) {
  return z.record(name, value).refine((entries) => Object.keys(entries).length <= mostEntries, {
    error: `At most ${mostEntries} entries are taken`,
    params: { reason: 'LIMIT_EXCEEDED' },
    abort: true,
  });
}
