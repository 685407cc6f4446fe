import type { AccessKey } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such key pair in the scope that was given, or it is revoked. Status 404, code `keypair_read_not-found`. */
export class KeypairNotFound extends EntityNotFound {
  readonly accessKey: AccessKey;

  constructor(accessKey: AccessKey) {
    super('keypair', `No key pair ${shown(accessKey)}.`);
    this.accessKey = accessKey;
  }
}

/** Longer than any access key is nobody's key, and no part of a text. */
const MOST = 64;

function shown(accessKey: unknown): string {
  const text = String(accessKey);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
