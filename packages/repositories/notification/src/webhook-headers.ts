import { z } from 'zod';

// What whoever sends the message sets, and what belongs to the connection (RFC 9110 §7.6.1).
const reserved: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-holdfast-signature',
]);

// Token and field value of RFC 9110 §5.
const name = z
  .string()
  .regex(/^[!#$%&'*+.^`|~\w-]{1,128}$/, { error: 'This is no name of a header' })
  .refine((text) => !reserved.has(text.toLowerCase()), { error: 'This header is set by who sends the message' });
const value = z
  .string()
  .min(1)
  .max(8_192)
  .regex(/^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/, {
    error: 'The value of a header is printable ASCII, with neither space at its ends',
  });

/** The headers of a webhook that are its own. */
export const webhookHeaders = z
  .record(name, value)
  .refine((headers) => Object.keys(headers).length <= 50, { error: 'There are at most 50 headers' })
  .refine(
    (headers) => new Set(Object.keys(headers).map((one) => one.toLowerCase())).size === Object.keys(headers).length,
    {
      error: 'A header is there twice',
    },
  );
