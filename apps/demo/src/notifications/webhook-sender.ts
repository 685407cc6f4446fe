import { isHoldfastError } from '@holdfast/errors';
import { type Policy, Resilience, TimeoutPolicy } from '@holdfast/resilience';
import { Agent, fetch } from 'undici';
import { clientPolicies } from './client-policies.js';
import { guardedAgent, refusePrivateHost } from './guarded-agent.js';
import type { WebhookMessage } from './webhook-message.js';
import { WebhookRefused } from './webhook-refused.js';
import { SIGNATURE_HEADER, webhookSignature } from './webhook-signature.js';
import { WebhookUnreachable } from './webhook-unreachable.js';

export interface WebhookSenderArgs {
  /** Whether webhooks may lead to this machine and into its network. */
  readonly toPrivateAddresses: boolean;
}

/**
 * Calls webhooks: `metrics(retry(bulkhead(timeout(call))))`, the time of an attempt being the channel's. A message may
 * arrive more than once, each time with the same idempotency key. Redirects are not followed: they lead where nobody has
 * checked.
 */
export class WebhookSender {
  readonly #agent: Agent;
  readonly #toPrivateAddresses: boolean;
  readonly #policies: readonly Policy[] = clientPolicies('webhook_client', 'webhooks');

  constructor({ toPrivateAddresses }: WebhookSenderArgs) {
    this.#toPrivateAddresses = toPrivateAddresses;
    this.#agent = toPrivateAddresses ? new Agent() : guardedAgent();
  }

  /** Throws `WebhookRefused`, `WebhookUnreachable`, `AddressRefused` and `TimedOut`; the signal's reason once it aborts. */
  async send(message: WebhookMessage, signal: AbortSignal): Promise<void> {
    // Of an IPv6 address without its brackets.
    const host = new URL(message.config.url).hostname.replace(/^\[(.*)\]$/, '$1');
    if (!this.#toPrivateAddresses) refusePrivateHost(host);
    // What may have arrived is sent again all the same: the idempotency key tells that it is the same message.
    const timeout = new TimeoutPolicy({ timeoutMs: message.config.timeoutMs, outcome: 'not-committed' });
    const resilience = new Resilience({ name: 'webhook_client', policies: [...this.#policies, timeout] });
    await resilience.execute('send', (call) => this.#attempt(message, call.signal), { signal });
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #attempt({ config, secrets, body, idempotencyKey }: WebhookMessage, signal: AbortSignal | null): Promise<void> {
    const { headers, signingSecret } = secrets;
    const seconds = Math.floor(Date.now() / 1_000);
    const signature =
      signingSecret === null
        ? {}
        : { [SIGNATURE_HEADER]: webhookSignature(signingSecret, { seconds, key: idempotencyKey, body }) };
    const response = await fetch(config.url, {
      method: config.method,
      headers: { ...headers, 'Content-Type': config.contentType, 'Idempotency-Key': idempotencyKey, ...signature },
      body,
      redirect: 'manual',
      dispatcher: this.#agent,
      signal,
    }).catch((error: unknown) => {
      throw failureOf(error, signal);
    });
    // Nobody reads what it says: it is the channel's, and may be of any length.
    await response.body?.cancel().catch(() => undefined);
    if (!config.successCodes.includes(response.status)) throw new WebhookRefused(response.status);
  }
}

/** What `fetch` failed with, as one of ours. */
function failureOf(error: unknown, signal: AbortSignal | null): unknown {
  if (signal?.aborted === true) return signal.reason;
  const cause = error instanceof Error ? error.cause : undefined;
  return isHoldfastError(cause) ? cause : new WebhookUnreachable(error);
}
