import { errorCodeOf, isHoldfastError } from '@holdfast/errors';
import {
  channelDomainScope,
  isWebhookConfig,
  type MatchingRule,
  type NotificationChannelRepository,
  type NotificationRuleRepository,
  renderMessage,
  renderSubject,
  ruleDomainScope,
} from '@holdfast/notification-repository';
import type { SessionInfo } from '@holdfast/session-repository';
import type { EmailTransport } from './email-transport.js';
import { noticeKey, ruleTypeOf, sessionVariables } from './session-notice.js';
import type { WebhookSender } from './webhook-sender.js';

export interface NotificationDispatcherArgs {
  readonly channels: NotificationChannelRepository;
  readonly rules: NotificationRuleRepository;
  readonly webhooks: WebhookSender;
  readonly emails: EmailTransport;
  /** Is told each failure in one line, which holds no secret. */
  readonly report: (line: string) => void;
  readonly count: (outcome: NotificationOutcome) => void;
}

/** What became of a message; dropped: of what has happened to a session nobody was told, since too much was under way. */
export type NotificationOutcome = 'sent' | 'failed' | 'dropped';

/** So many changes of sessions are under way at the most. */
const MOST_UNDER_WAY = 1_000;
/** How long messages may take when the demo ends: the database needs some of the time that there is then. */
const GOODBYE_MS = 4_000;

/**
 * Tells the channels of a domain what has happened to its sessions. It is called after the change is stored, takes its own
 * time, and never fails: what goes wrong is counted and reported. What is under way when the process ends at once is lost.
 */
export class NotificationDispatcher {
  readonly #args: NotificationDispatcherArgs;
  readonly #underWay = new Set<Promise<void>>();
  readonly #end = new AbortController();

  constructor(args: NotificationDispatcherArgs) {
    this.#args = args;
  }

  /** Tells of a session that has come to its status. Returns at once. */
  sessionMoved(session: SessionInfo): void {
    const ruleType = ruleTypeOf(session);
    if (ruleType === null) return;
    if (this.#underWay.size >= MOST_UNDER_WAY || this.#end.signal.aborted) {
      this.#args.count('dropped');
      this.#args.report(`Nobody was told of ${ruleType} of ${session.id}: too many messages are under way.`);
      return;
    }
    const telling = this.#tell(session, ruleType).finally(() => this.#underWay.delete(telling));
    this.#underWay.add(telling);
  }

  /** Waits for what is under way, and ends it after a while, or when the signal says that patience is at its end. */
  async close(impatient: AbortSignal): Promise<void> {
    const patience = AbortSignal.any([impatient, AbortSignal.timeout(GOODBYE_MS)]);
    const end = (): void => this.#end.abort(patience.reason);
    if (patience.aborted) end();
    patience.addEventListener('abort', end);
    await this.#settled();
    patience.removeEventListener('abort', end);
    this.#end.abort();
    await this.#args.webhooks.close();
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #tell(session: SessionInfo, ruleType: NonNullable<ReturnType<typeof ruleTypeOf>>): Promise<void> {
    try {
      const { rules } = this.#args;
      const matching = await rules.listMatchingRules(ruleDomainScope(session.domainName), ruleType, this.#call);
      await Promise.all(matching.map((one) => this.#send(one, session)));
    } catch (error) {
      this.#failed(`The rules for ${ruleType} of ${session.id} could not be read`, error);
    }
  }

  async #send(matching: MatchingRule, session: SessionInfo): Promise<void> {
    const { rule, channel } = matching;
    try {
      await this.#deliver(matching, session);
      this.#args.count('sent');
    } catch (error) {
      this.#failed(`The message of rule ${rule.id} for ${session.id} was not sent by channel ${channel.id}`, error);
    }
  }

  async #deliver({ rule, channel: { id } }: MatchingRule, session: SessionInfo): Promise<void> {
    const { channels, webhooks, emails } = this.#args;
    const scope = channelDomainScope(session.domainName);
    const { channel, secrets } = await channels.getChannelForDispatch(scope, id, this.#call);
    const { config } = channel;
    const variables = sessionVariables(rule, session);
    const contentType = isWebhookConfig(config) ? config.contentType : 'text/plain';
    const message = { template: rule.messageTemplate, contentType, variables };
    // A rule for sessions that have started knows less of them, and is told no more.
    const text = renderMessage<'session.terminated'>({ ...message, ruleType: rule.ruleType as 'session.terminated' });
    const idempotencyKey = noticeKey(rule, session);
    const { signal } = this.#end;
    if (isWebhookConfig(config)) return webhooks.send({ config, secrets, body: text, idempotencyKey }, signal);
    const { smtp, from, to, subjectTemplate } = config;
    const subject = renderSubject(subjectTemplate, variables);
    await emails.send({ smtp, password: secrets.smtpPassword, from, to, subject, text, idempotencyKey }, signal);
  }

  get #call(): { readonly signal: AbortSignal } {
    return { signal: this.#end.signal };
  }

  /** Of an error that is not ours nothing is told but its code: nobody knows what its text holds. */
  #failed(what: string, error: unknown): void {
    this.#args.count('failed');
    const why = isHoldfastError(error) ? ` ${(error as Error).message}` : '';
    this.#args.report(`${what}: ${errorCodeOf(error)}.${why}`);
  }
}
