import fc from 'fast-check';

const pieces = [...'aAbB%_\\\'"éÉßİı\u0301\uffff', '\u{1f600}'];
const nasty = 'null NULL {} {a,b} , $1 ? -- \\% a\\ a%b a_b axb ab aB a A é É e\u0301'.split(' ');

const piece = fc.oneof({ weight: 1, arbitrary: fc.constantFrom('a', 'A', 'b', 'B') }, fc.constantFrom(...pieces));

/** Few letters and every nasty one, so that one text is often part of another, or equal to it but for its case. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', 'a ', '\n', ...nasty),
  fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
);
