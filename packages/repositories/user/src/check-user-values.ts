import { checkClientIps, checkContainerId, checkEmail, checkUsername } from './user-texts.js';

/** What of a user has a form of its own. */
interface FormedValues {
  readonly username?: unknown;
  readonly email?: unknown;
  readonly allowedClientIps?: unknown;
  readonly containerUid?: unknown;
  readonly containerMainGid?: unknown;
  readonly containerGids?: unknown;
}

/** Checks those values that are there: absent and null ones are not this file's to judge. Throws `InvalidInput`. */
export function checkUserValues(values: FormedValues): void {
  const { username, email, allowedClientIps, containerUid, containerMainGid, containerGids } = values;
  if (isGiven(username)) checkUsername(username as string);
  if (isGiven(email)) checkEmail(email as string);
  if (isGiven(allowedClientIps)) checkClientIps(allowedClientIps as readonly string[]);
  if (isGiven(containerUid)) checkContainerId(containerUid as number, '/containerUid');
  if (isGiven(containerMainGid)) checkContainerId(containerMainGid as number, '/containerMainGid');
  if (Array.isArray(containerGids)) {
    containerGids.forEach((gid: number, i) => checkContainerId(gid, `/containerGids/${i}`));
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
