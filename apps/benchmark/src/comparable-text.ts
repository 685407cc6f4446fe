import type { WrittenRows } from './written-rows.js';

/** Times in it are of now: those of prepared rows are of long ago. */
const NOW_MS = 3_600_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * What contenders return and store as a text, one value in each line. Times count in milliseconds, since pg keeps no more;
 * keys come in alphabetical order. With the `rows` of the contender, what differs by nature is the same for all: its tenant,
 * its ids, ids that were made, and times of the last hour.
 */
export function comparableText(value: unknown, rows?: Pick<WrittenRows, 'tenant' | 'isOwn'>): string {
  const lines: string[] = [];
  const add = (path: string, part: unknown): void => {
    if (part instanceof Date) {
      const ms = part.getTime();
      const isNow = rows !== undefined && Date.now() - ms < NOW_MS;
      lines.push(`${path}: ${isNow ? 'now' : new Date(ms).toISOString()}`);
    } else if (Array.isArray(part)) {
      lines.push(`${path}: ${part.length} items`);
      part.forEach((item, i) => add(`${path}[${i}]`, item));
    } else if (typeof part === 'object' && part !== null) {
      for (const key of Object.keys(part).sort()) add(`${path}.${key}`, part[key as keyof typeof part]);
    } else {
      lines.push(`${path}: ${typeof part === 'string' ? text(part) : `${typeof part} ${String(part)}`}`);
    }
  };
  const text = (part: string): string => {
    if (rows === undefined) return JSON.stringify(part);
    if (part === rows.tenant) return 'its tenant';
    if (rows.isOwn(part)) return `its id ${part.slice(-12)}`;
    return uuid.test(part) ? 'new id' : JSON.stringify(part);
  };
  add('', value);
  return lines.join('\n');
}
