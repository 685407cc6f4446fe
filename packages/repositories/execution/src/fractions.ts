import { InvalidInput } from '@holdfast/errors';

const MOST = 20;

/** Checks which percentiles are asked for: at most 20 fractions, 0 to 1. Throws `InvalidInput`. */
export function fractionsOf(percentiles: readonly number[] = []): readonly number[] {
  const are =
    Array.isArray(percentiles) &&
    (percentiles as readonly unknown[]).every((one) => typeof one === 'number' && one >= 0 && one <= 1);
  if (!are) throw new InvalidInput('INVALID_VALUE', 'Percentiles are fractions, 0 to 1.', '/percentiles');
  const fractions: readonly number[] = percentiles;
  if (fractions.length <= MOST) return fractions;
  throw new InvalidInput('LIMIT_EXCEEDED', `There are more than ${MOST} percentiles.`, '/percentiles');
}
