import { createHmac } from 'node:crypto';

/** The header of a signature. */
export const SIGNATURE_HEADER = 'X-Holdfast-Signature';

/**
 * Signs a message: `t=<seconds>,v1=<hex>`, the HMAC-SHA256 of `<seconds>.<idempotency key>.<body>`. Whoever has the secret
 * knows by it who sent the message, that it is whole, and when: an old one that comes again is not taken.
 */
export function webhookSignature(secret: string, { seconds, key, body }: SignedParts): string {
  const hmac = createHmac('sha256', secret).update(`${seconds}.${key}.${body}`).digest('hex');
  return `t=${seconds},v1=${hmac}`;
}

export interface SignedParts {
  /** Since 1970. */
  readonly seconds: number;
  readonly key: string;
  readonly body: string;
}
