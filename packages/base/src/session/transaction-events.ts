import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryRunner } from 'typeorm';

type Tell = (
  event: 'BeforeTransactionStart' | 'AfterTransactionStart' | 'BeforeTransactionCommit' | AfterTheFact,
) => Promise<void>;
type AfterTheFact = 'AfterTransactionCommit' | 'BeforeTransactionRollback' | 'AfterTransactionRollback';

const telling = new AsyncLocalStorage<TransactionEvents>();

/**
 * What TypeORM's subscribers hear of a transaction that a joined manager takes part in: once, around the real BEGIN and
 * COMMIT or ROLLBACK. Of the savepoints that stand for TypeORM's nested transactions they hear nothing: what they do after
 * a commit could not be undone with what follows.
 */
export class TransactionEvents {
  #runner: QueryRunner | null = null;
  #tell: Tell | null = null;
  #beginning: Promise<void> | null = null;

  /** A runner takes part; the first one is the subscribers', and all of them share its `data`. */
  join(runner: QueryRunner): void {
    const broadcaster = runner.broadcaster as QueryRunner['broadcaster'] & {
      broadcast(event: string, ...args: unknown[]): Promise<void>;
    };
    const broadcast = broadcaster.broadcast.bind(broadcaster);
    broadcaster.broadcast = (event: string, ...args: unknown[]) =>
      event.includes('Transaction') ? Promise.resolve() : broadcast(event, ...args);
    if (this.#runner !== null) runner.data = this.#runner.data;
    this.#runner ??= runner;
    this.#tell ??= (event) => telling.run(this, () => broadcast(event));
  }

  /** Before the first query of a manager; what subscribers ask then goes ahead of it. */
  async began(): Promise<void> {
    if (!this.isTelling) await (this.#beginning ??= this.#begin());
  }

  async #begin(): Promise<void> {
    await this.#tell?.('BeforeTransactionStart');
    await this.#tell?.('AfterTransactionStart');
  }

  /** Whether anybody has heard of the beginning, and is to hear of the end. */
  get areHeard(): boolean {
    return this.#beginning !== null;
  }

  /** Whether it is a subscriber of these events that asks. */
  get isTelling(): boolean {
    return telling.getStore() === this;
  }

  /** Before COMMIT; a subscriber that throws prevents it. */
  async committing(): Promise<void> {
    if (this.areHeard) await this.#tell?.('BeforeTransactionCommit');
  }

  async committed(): Promise<void> {
    await this.#reported('AfterTransactionCommit');
  }

  async rollingBack(): Promise<void> {
    await this.#reported('BeforeTransactionRollback');
  }

  async rolledBack(): Promise<void> {
    await this.#reported('AfterTransactionRollback');
  }

  /** What is thrown here changes nothing any more. */
  async #reported(event: AfterTheFact): Promise<void> {
    if (!this.areHeard) return;
    try {
      await this.#tell?.(event);
    } catch (error) {
      process.emitWarning(`A subscriber failed at ${event}, which stands: ${String(error)}`, {
        code: 'HOLDFAST_SUBSCRIBER_FAILED',
      });
    }
  }
}
