import { isIP } from 'node:net';
import { InvalidInput } from '@holdfast/errors';

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
// What browsers take for an address (HTML, 4.10.5.1.5), with the limits of RFC 5321, 4.5.3.1.
const email = new RegExp(`^(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64}@${label}(?:\\.${label})*$`);
const username = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/;

const MOST_NETWORKS = 100;

/** Checks the form of an e-mail address: ASCII, at most 254 characters. Throws `InvalidInput` (`INVALID_VALUE`). */
export function checkEmail(text: string, pointer = '/email'): void {
  if (typeof text === 'string' && email.test(text)) return;
  throw new InvalidInput('INVALID_VALUE', 'Not an e-mail address.', pointer);
}

/**
 * Checks the form of a user's name: 1 to 64 ASCII letters, digits and `. _ @ + -`, a letter or digit first. Throws
 * `InvalidInput` (`INVALID_VALUE`).
 */
export function checkUsername(text: string, pointer = '/username'): void {
  if (typeof text === 'string' && username.test(text)) return;
  const message = 'A username is 1 to 64 letters, digits and . _ @ + -, a letter or digit first.';
  throw new InvalidInput('INVALID_VALUE', message, pointer);
}

/**
 * Checks a list of addresses and networks, e.g. `10.0.0.0/8`: 1 to 100. Throws `InvalidInput`: `MISSING_VALUE` for none,
 * because nobody could come from there; null is anywhere.
 */
export function checkClientIps(list: readonly string[], pointer = '/allowedClientIps'): void {
  if (!Array.isArray(list) || list.length === 0) {
    throw new InvalidInput('MISSING_VALUE', 'A user may come from somewhere: null is anywhere.', pointer);
  }
  if (list.length > MOST_NETWORKS) {
    throw new InvalidInput('LIMIT_EXCEEDED', `At most ${MOST_NETWORKS} addresses and networks.`, pointer);
  }
  list.forEach((text: unknown, i) => {
    if (!isNetwork(text)) throw new InvalidInput('INVALID_VALUE', 'Not an IP address or network.', `${pointer}/${i}`);
  });
}

function isNetwork(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const [, address = '', prefix] = /^([^/%]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && (prefix === undefined || Number(prefix) <= (version === 4 ? 32 : 128));
}

/** Checks a user or group id of a container: a whole number from 0. Throws `InvalidInput` (`INVALID_VALUE`). */
export function checkContainerId(id: number, pointer: string): void {
  if (Number.isInteger(id) && id >= 0 && id <= 2_147_483_647) return;
  throw new InvalidInput('INVALID_VALUE', 'An id in a container is a whole number from 0 to 2,147,483,647.', pointer);
}
