const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** Every way to write a name, of `sticky-note`: stickyNote, StickyNote, sticky_note, STICKY_NOTE, sticky note, Sticky note. */
function spellings(kebab) {
  const [first, ...rest] = kebab.split('-');
  return [
    kebab,
    [first, ...rest.map(capital)].join(''),
    [first, ...rest].map(capital).join(''),
    [first, ...rest].join('_'),
    [first, ...rest].join('_').toUpperCase(),
    [first, ...rest].join(' '),
    [capital(first), ...rest].join(' '),
  ];
}

/** `--plural` is for what this rule does not know. */
export function pluralOf(kebab) {
  if (/[^aeiou]y$/.test(kebab)) return kebab.replace(/y$/, 'ies');
  return /(?:s|x|z|ch|sh)$/.test(kebab) ? `${kebab}es` : `${kebab}s`;
}

/** Whether it is `an` that stands in front: by the letter, and by sound for what is common. */
const takesAn = (name) => /^(?!uni|us|ut|eu|one)[aeiou]/i.test(name);

/**
 * Makes a function that writes the name of one domain for another's in a text, in every way to write it. Both are
 * `{ singular, plural }`, in kebab-case.
 */
export function renaming(from, to) {
  const pairs = ['plural', 'singular'].flatMap((number) => {
    const [old, fresh] = [spellings(from[number]), spellings(to[number])];
    return old.map((spelling, index) => [spelling, fresh[index]]);
  });
  const fresh = new Map(pairs);
  const any = [...fresh.keys()].sort((a, b) => b.length - a.length).join('|');
  const names = new RegExp(`(?:\\b([Aa])n? (\`?))?(${any})`, 'g');
  return (text) =>
    text.replace(names, (_, article, quote, name) => {
      const renamed = fresh.get(name);
      return article === undefined ? renamed : `${article}${takesAn(renamed) ? 'n' : ''} ${quote}${renamed}`;
    });
}
