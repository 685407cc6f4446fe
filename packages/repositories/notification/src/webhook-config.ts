/** The methods that carry a message. */
export const WEBHOOK_METHODS = Object.freeze(['POST', 'PUT', 'PATCH'] as const);

/** How a webhook is called. Its headers and its signing secret are secrets, and no part of this. */
export interface WebhookConfig {
  /** An http or https address without credentials. It is shown to whoever may see the channel. */
  readonly url: string;
  /** Default POST. */
  readonly method: (typeof WEBHOOK_METHODS)[number];
  /** What messages are, and how variables are escaped in them: see `renderMessage`. Default `application/json`. */
  readonly contentType: string;
  /** The time for one attempt, 1 to 120,000 milliseconds. Default 30,000. */
  readonly timeoutMs: number;
  /** The statuses that say that a message has arrived. Default 200, 201, 202 and 204. */
  readonly successCodes: readonly number[];
}

/** What is given of it; the rest gets its default. */
export type WebhookConfigInput = Pick<WebhookConfig, 'url'> & Partial<WebhookConfig>;
