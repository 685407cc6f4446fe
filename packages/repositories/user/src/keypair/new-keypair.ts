import { randomBytes, randomInt } from 'node:crypto';
import { accessKey, type AccessKey } from '@holdfast/domain-types';
import { SecretKey } from './secret-key.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 16;
const SECRET_BYTES = 30;

/** Both halves of a new key pair. */
export interface NewKeypair {
  /** `AKIA` and 16 characters of base32. */
  readonly accessKey: AccessKey;
  /** 40 characters of base64url: 240 random bits. */
  readonly secretKey: SecretKey;
}

/** Makes a key pair by the system's random source. */
export function newKeypair(): NewKeypair {
  const name = Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]!).join('');
  return {
    accessKey: accessKey(`AKIA${name}`),
    secretKey: new SecretKey(randomBytes(SECRET_BYTES).toString('base64url')),
  };
}
