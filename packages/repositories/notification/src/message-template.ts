import { InvalidInput } from '@holdfast/errors';
import Mustache from 'mustache';

const MOST_CHARACTERS = 16_384;

// As Mustache.parse returns them: https://github.com/janl/mustache.js#pre-parsing-and-caching-templates
type Token = readonly [type: string, value: string, start: number, end: number, ...inner: unknown[]];

const refused: Readonly<Record<string, string>> = {
  '&': 'Variables cannot be left unescaped',
  '>': 'Partials are not supported',
  '=': 'Delimiters cannot be changed',
};

/** Writers of one's own remember no templates: else every one that was ever rendered would stay in memory. */
export function forgetfulWriter(): InstanceType<typeof Mustache.Writer> {
  const writer = new Mustache.Writer();
  (writer as { templateCache?: unknown }).templateCache = undefined;
  return writer;
}

/**
 * Checks a Mustache template: text, `{{variable}}`, sections `{{#variable}}…{{/variable}}` and `{{^variable}}…{{/variable}}`,
 * comments. Throws `InvalidInput` for what Mustache cannot parse, for all else that it knows (unescaped variables, partials,
 * other delimiters), and for a variable that is not among `known`.
 */
export function checkMessageTemplate(template: string, known: readonly string[], pointer: string): void {
  if (typeof template !== 'string') throw new InvalidInput('INVALID_VALUE', 'A template is a text.', pointer);
  if (template.length > MOST_CHARACTERS) {
    throw new InvalidInput('LIMIT_EXCEEDED', `A template has at most ${MOST_CHARACTERS} characters.`, pointer);
  }
  checkTokens(tokensOf(template, pointer), known, pointer);
}

function tokensOf(template: string, pointer: string): readonly Token[] {
  try {
    return forgetfulWriter().parse(template) as unknown as readonly Token[];
  } catch (error) {
    throw new InvalidInput(
      'INVALID_VALUE',
      `The template cannot be parsed: ${(error as Error).message}.`,
      pointer,
      error,
    );
  }
}

function checkTokens(tokens: readonly Token[], known: readonly string[], pointer: string): void {
  for (const [type, name, start, , inner] of tokens) {
    const refusal = refused[type];
    if (refusal !== undefined) throw new InvalidInput('INVALID_VALUE', `${refusal}: at ${start}.`, pointer);
    if (type !== 'name' && type !== '#' && type !== '^') continue;
    if (!known.includes(name)) {
      const message = `There is no such variable at ${start}; there are ${known.join(', ')}.`;
      throw new InvalidInput('UNKNOWN_FIELD', message, pointer);
    }
    if (Array.isArray(inner)) checkTokens(inner as readonly Token[], known, pointer);
  }
}
