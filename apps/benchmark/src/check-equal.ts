/** What one contender returned and stored, as a comparable text. */
export interface ComparedText {
  readonly contender: string;
  readonly text: string;
}

/** How the texts of the others differ from the first: a sentence for each that does, with the first line at fault. */
export function checkEqual(operation: string, [first, ...others]: readonly ComparedText[]): readonly string[] {
  if (first === undefined) return [];
  const expected = first.text.split('\n');
  return others
    .filter(({ text }) => text !== first.text)
    .map(({ contender, text }) => {
      const lines = text.split('\n');
      const at = lines.findIndex((line, i) => line !== expected[i]);
      const [is, was] = at === -1 ? ['nothing', expected[lines.length]!] : [lines[at]!, expected[at] ?? 'nothing'];
      return `${operation}: ${contender} has «${is}» where ${first.contender} has «${was}»`;
    });
}
