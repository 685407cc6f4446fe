import type { KeypairInfo } from './keypair-info.js';
import type { SecretKey } from './secret-key.js';

/** Both halves of a key pair. `secretKey.reveal()` tells the secret; nothing else does. */
export interface KeypairWithSecret {
  readonly keypair: KeypairInfo;
  readonly secretKey: SecretKey;
}
