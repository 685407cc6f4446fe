/** A decimal as digits times a power of ten. */
function parsed(text: string): readonly [digits: bigint, exponent: number] {
  const [, sign, whole = '', fraction = '', power = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text)!;
  const digits = BigInt(`0${whole}${fraction}`);
  return [sign === '-' ? -digits : digits, Number(power) - fraction.length];
}

/** The place among what is no number on a line: NaN is equal to itself and above all else (PostgreSQL 8.1.2). */
function rank(text: string): number {
  return ['-Infinity', null, 'Infinity', 'NaN'].indexOf(/[a-z]{3}/i.test(text) ? text : null);
}

/** Two numerics, as text or number: exact, whatever their scale. */
export function compareDecimals(a: unknown, b: unknown): number {
  const [left, right] = [String(a), String(b)];
  if (rank(left) !== 1 || rank(right) !== 1) return rank(left) - rank(right);
  const [digits, exponent] = parsed(left);
  const [otherDigits, otherExponent] = parsed(right);
  const least = Math.min(exponent, otherExponent);
  const scaled = digits * 10n ** BigInt(exponent - least);
  const otherScaled = otherDigits * 10n ** BigInt(otherExponent - least);
  return scaled < otherScaled ? -1 : scaled > otherScaled ? 1 : 0;
}
