import type { NotificationChannelRepository, NotificationRuleRepository } from '@holdfast/notification-repository';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import type { SoftDeleteOperations, StandardOperations } from '@holdfast/standard-repository';
import { Forbidden } from '../http/request-refused.js';
import type { NotificationScopes, Principal } from '../tenants/principal.js';

/** The service of a repository. */
type ServiceOf<Repository> =
  Repository extends StandardOperations<infer Row, infer Data, infer Id, infer Create, infer Change>
    ? NotificationService<Row, Data, Id, Create, Change>
    : never;

export type ChannelService = ServiceOf<NotificationChannelRepository>;
export type RuleService = ServiceOf<NotificationRuleRepository>;

/** Which rows an administrator may see and change. */
type ScopeOf<Row> = (scopes: NotificationScopes) => Scope<Row>;

/** What of a repository is served. */
type Served<Row extends object, Data, Id, Create, Change> = StandardOperations<Row, Data, Id, Create, Change> &
  SoftDeleteOperations<Row, Data, Id>;

/** Notification channels, or rules, of the domain that somebody administers. Nobody else sees them. */
export class NotificationService<Row extends object, Data, Id, Create, Change> {
  readonly #repository: Served<Row, Data, Id, Create, Change>;
  readonly #scopeOf: ScopeOf<Row>;

  constructor(repository: Served<Row, Data, Id, Create, Change>, scopeOf: ScopeOf<Row>) {
    this.#repository = repository;
    this.#scopeOf = scopeOf;
  }

  async search(principal: Principal, querier: BatchQuerier<Row>): Promise<Page<Data>> {
    return this.#repository.search(this.#of(principal), querier);
  }

  async get(principal: Principal, id: Id): Promise<Data> {
    return this.#repository.get(this.#of(principal), id);
  }

  async create(principal: Principal, spec: Create): Promise<Data> {
    return this.#repository.create(this.#of(principal), spec);
  }

  async update(principal: Principal, id: Id, change: Change): Promise<Data> {
    return this.#repository.update(this.#of(principal), id, change);
  }

  async delete(principal: Principal, id: Id): Promise<Data> {
    return this.#repository.delete(this.#of(principal), id);
  }

  async restore(principal: Principal, id: Id): Promise<Data> {
    return this.#repository.restore(this.#of(principal), id);
  }

  async purge(principal: Principal, id: Id): Promise<Data> {
    return this.#repository.purge(this.#of(principal), id);
  }

  /** Throws `Forbidden` for who administers no domain. */
  #of({ notifications }: Principal): Scope<Row> {
    if (notifications === null) throw new Forbidden('Only who administers a domain sees its notifications.');
    return this.#scopeOf(notifications);
  }
}
