import { createHash } from 'node:crypto';
import { accessKey, type AccessKey } from '@holdfast/domain-types';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The access key of a ready user: the same at every start, so that commands can be written down. For demos only. */
export function accessKeyOf(owner: string): AccessKey {
  const digest = createHash('sha256').update(`holdfast-demo:${owner}`).digest();
  return accessKey(`AKIA${Array.from(digest.subarray(0, 16), (byte) => letters[byte % letters.length]).join('')}`);
}
