/** The named figures of `source`, read once. Throws TypeError where one of them is not a number. */
export function numbersOf<Name extends string>(
  source: Readonly<Partial<Record<Name, unknown>>>,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  const numbers = names.map((name) => {
    const value = source[name];
    if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError(`${name} is not a number`);
    return [name, value] as const;
  });
  return Object.fromEntries(numbers) as Record<Name, number>;
}
