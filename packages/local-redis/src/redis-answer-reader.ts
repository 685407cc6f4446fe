import type { RedisAnswer } from './redis-server.js';

/** One answer in RESP2, read from what has arrived so far: the answer, or undefined while it is not complete. */
export function readRedisAnswer(bytes: Buffer): { readonly answer: RedisAnswer | Error } | undefined {
  let at = 0;

  function line(): string | undefined {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const text = bytes.toString('utf8', at, end);
    at = end + 2;
    return text;
  }

  function next(): RedisAnswer | Error | undefined {
    const head = line();
    if (head === undefined) return undefined;
    const rest = head.slice(1);
    if (head.startsWith('-')) return new Error(rest);
    if (head.startsWith(':')) return Number(rest);
    if (head.startsWith('+')) return rest;
    if (rest === '-1') return null;
    return head.startsWith('$') ? text(Number(rest)) : list(Number(rest));
  }

  function text(length: number): string | undefined {
    const start = at;
    at += length + 2;
    return at > bytes.length ? undefined : bytes.toString('utf8', start, start + length);
  }

  function list(length: number): RedisAnswer | undefined {
    const items: RedisAnswer[] = [];
    while (items.length < length) {
      const item = next();
      if (item === undefined) return undefined;
      items.push(item instanceof Error ? item.message : item);
    }
    return items;
  }

  const answer = next();
  return answer === undefined ? undefined : { answer };
}
