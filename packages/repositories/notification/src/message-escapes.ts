import Mustache from 'mustache';

/** Makes of a value what stands for it in a message. */
export type MessageEscape = (value: unknown) => string;

const plain: MessageEscape = String;
// Within the quotes of a JSON text; numbers and booleans may stand outside of them.
const json: MessageEscape = (value) => JSON.stringify(String(value)).slice(1, -1);

const escapes: readonly (readonly [RegExp, MessageEscape])[] = [
  [/^application\/(?:[\w.+-]+\+)?json$/, json],
  [/^(?:text\/(?:html|xml)|application\/(?:[\w.+-]+\+)?xml)$/, (value) => Mustache.escape(String(value))],
  [/^application\/x-www-form-urlencoded$/, (value) => encodeURIComponent(Buffer.from(String(value)).toString())],
  [/^text\/(?:plain|markdown)$/, plain],
];

/** Without its parameters: `text/plain` of `text/plain; charset=utf-8`; null of what is not so built. */
function essenceOf(contentType: string): string | null {
  return /^([\w.+-]+\/[\w.+-]+)(?:; ?charset="?utf-8"?)?$/i.exec(contentType)?.[1]?.toLowerCase() ?? null;
}

/** Whether it is known how variables are escaped in messages of this type. All of them are UTF-8. */
export function isKnownContentType(contentType: string): boolean {
  return escapeOf(contentType) !== null;
}

/** How variables are escaped in messages of a type; null where that is not known. */
export function escapeOf(contentType: string): MessageEscape | null {
  const essence = essenceOf(contentType);
  return escapes.find(([pattern]) => essence !== null && pattern.test(essence))?.[1] ?? null;
}

/** Whether messages of this type are JSON. */
export function isJsonType(contentType: string): boolean {
  return escapeOf(contentType) === json;
}
