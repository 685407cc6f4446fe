import type { ValueTransformer } from 'typeorm';
import type { FuzzedType } from './fuzzed-type.js';
import { readAs } from './reading.js';
import type { Sample } from './sample.js';

/** How a value that is stored becomes the one that a program has, and back. */
interface Conversion {
  from(stored: never): unknown;
  to(value: never): unknown;
  /** What a program has for NULL. Default null. */
  readonly ofNull?: unknown;
}

/** A type with transformers; of several the first is the outermost. */
export function convertedType(base: FuzzedType, name: string, ...conversions: readonly Conversion[]): FuzzedType {
  const transformers = conversions.map((one): ValueTransformer => {
    const ofNull = one.ofNull ?? null;
    return {
      from: (stored: unknown) => (stored === null || stored === undefined ? ofNull : one.from(stored as never)),
      // What is absent stays so: it is for the database to give it a default.
      to(value: unknown) {
        if (value === undefined) return undefined;
        return value === ofNull || value === null ? null : one.to(value as never);
      },
    };
  });
  const from = (stored: unknown): unknown => transformers.reduceRight<unknown>((value, one) => one.from(value), stored);
  return {
    ...base,
    name: `${base.name} ${name}`,
    options: { ...base.options, transformer: transformers.length === 1 ? transformers[0]! : transformers },
    from,
    single: true,
    samples: base.samples.map((sample): Sample => {
      if (!Object.hasOwn(sample, 'given')) return sample;
      return { text: sample.text, given: from(stored(base, sample)) };
    }),
  };
}

/** What is read of a sample without its conversion. */
function stored({ reading }: FuzzedType, { text, given }: Sample): unknown {
  return reading === 'text' || reading === 'number' || reading === 'boolean' ? readAs(reading, text) : given;
}
