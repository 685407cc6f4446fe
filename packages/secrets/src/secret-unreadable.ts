import { errorCode, HoldfastError } from '@holdfast/errors';

/** Why: its key is not among those given, it is not what was stored there, or it is not in a form that is known. */
export type SecretUnreadableReason = 'unknown-key' | 'not-authentic' | 'unknown-format';

const sentences: Readonly<Record<SecretUnreadableReason, string>> = {
  'unknown-key': 'its key is not among those given',
  'not-authentic': 'the key is another, or it was changed or moved',
  'unknown-format': 'it is not in a form that is known',
};

/**
 * A secret cannot be decrypted. It stays stored as it is; give the key that it says, or set it anew. Status
 * 500, code `secret_read_mismatch`.
 */
export class SecretUnreadable extends HoldfastError {
  readonly reason: SecretUnreadableReason;
  /** The key that it says it needs, where it says so. */
  readonly keyId: string | null;

  constructor(reason: SecretUnreadableReason, keyId: string | null, cause?: unknown) {
    const message = `A secret cannot be decrypted: ${sentences[reason]}.`;
    super({ code: errorCode('secret', 'read', 'mismatch'), message, cause });
    this.reason = reason;
    this.keyId = keyId;
  }
}
