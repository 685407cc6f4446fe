// What Jest transforms our sources with where some of them have mutants: each of the places in the file that
// HOLDFAST_MUTANTS names becomes a choice, by `globalThis.holdfastIsChosen`, between what stands there and its mutant. The
// SQL of scopes is shown to `globalThis.holdfastScope`.
import { readFileSync } from 'node:fs';
import swcJest from '@swc/jest';

const { mutants, scopes } = JSON.parse(readFileSync(process.env.HOLDFAST_MUTANTS, 'utf8'));

/** A source with its choices. Places may lie within one another, so that nothing is replaced, only added around them. */
function withChoices(source, file) {
  const shown = scopes.map((scope) => ({ ...scope, before: '(globalThis.holdfastScope(' }));
  const chosen = mutants.map(({ id, text, ...place }) => ({
    ...place,
    before: `(globalThis.holdfastIsChosen?.(${id}) ? (${text}) : (`,
  }));
  const added = [...shown, ...chosen]
    .filter((site) => site.file === file)
    .flatMap(({ start, end, before }) => [
      { at: start, outer: end, text: before },
      { at: end, outer: -start, text: '))' },
    ])
    // At one position what ends comes before what begins, and what reaches further is outside.
    .sort((a, b) => a.at - b.at || (a.outer < 0 ? 0 : 1) - (b.outer < 0 ? 0 : 1) || b.outer - a.outer);
  let from = 0;
  const parts = added.map(({ at, text }) => source.slice(from, (from = at)) + text);
  return parts.join('') + source.slice(from);
}

export default {
  createTransformer(options) {
    const swc = swcJest.createTransformer(options);
    return {
      canInstrument: swc.canInstrument,
      process: (source, file, rest) => swc.process(withChoices(source, file), file, rest),
      // Jest keeps what it has transformed: a source with choices is another source.
      getCacheKey: (source, file, rest) => swc.getCacheKey(withChoices(source, file), file, rest),
    };
  },
};
