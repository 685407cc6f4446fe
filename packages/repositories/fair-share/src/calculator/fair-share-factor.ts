import type { Decimal } from 'decimal.js';
import { halved, Ratio } from './exact.js';

/** Beyond it, more use makes no more of a difference. */
const MOST_HALVINGS = 10;

/**
 * Which place somebody deserves: 1 for who used nothing, a half for who used as much as its weight, and less the more it is.
 * `2^(-normalizedUsage / weight)`, at least 2^-10.
 */
export function fairShareFactor(normalizedUsage: Decimal, weight: string): Decimal {
  return halved(Ratio.min(normalizedUsage.div(weight), MOST_HALVINGS));
}
