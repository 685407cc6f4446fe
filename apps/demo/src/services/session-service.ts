import type { AccessKey, SessionId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import type { BatchQuerier, Page, QueryCondition } from '@holdfast/querier';
import type {
  SessionCreationSpec,
  SessionInfo,
  SessionRepository,
  SessionRow,
  SessionStatus,
} from '@holdfast/session-repository';
import type { DemoDomain, DemoUser } from '../tenants/tenant-directory.js';
import type { Principal } from '../tenants/principal.js';
import type { SessionChange, SessionRequest } from './session-request.js';

/** Is told of sessions that have come to another status, once that is stored. */
export interface SessionWatcher {
  /** Returns at once, and throws nothing. */
  sessionMoved(session: SessionInfo): void;
}

type Target = readonly SessionId[] | QueryCondition<SessionRow>;

/** Sessions, as far as an access key reaches. It decides on whose behalf a session is made, and opens no transactions. */
export class SessionService {
  readonly #repository: SessionRepository;
  readonly #domains: ReadonlyMap<string, DemoDomain>;
  readonly #watcher: SessionWatcher;

  constructor(repository: SessionRepository, domains: readonly DemoDomain[], watcher: SessionWatcher) {
    this.#watcher = watcher;
    this.#repository = repository;
    this.#domains = new Map(domains.map((domain) => [domain.name, domain]));
  }

  search(principal: Principal, querier: BatchQuerier<SessionRow>): Promise<Page<SessionInfo>> {
    return this.#repository.search(principal.sessions, querier);
  }

  get(principal: Principal, id: SessionId): Promise<SessionInfo> {
    return this.#repository.getSessionById(principal.sessions, id);
  }

  /** The latest sessions of an access key. */
  listByAccessKey(principal: Principal, key: AccessKey, limit?: number): Promise<readonly SessionInfo[]> {
    return this.#repository.listByAccessKey(principal.sessions, key, limit);
  }

  /** Throws `InvalidInput` for an owner or a scaling group that the access key does not reach. */
  async create(principal: Principal, request: SessionRequest): Promise<SessionInfo> {
    return this.#repository.create(principal.sessions, this.#specOf(principal, request, ''));
  }

  /** All or nothing. */
  async bulkCreate(principal: Principal, requests: readonly SessionRequest[]): Promise<readonly SessionInfo[]> {
    const specs = requests.map((request, index) => this.#specOf(principal, request, `/sessions/${index}`));
    return this.#repository.bulkCreate(principal.sessions, specs);
  }

  update(principal: Principal, id: SessionId, change: SessionChange): Promise<SessionInfo> {
    return this.#repository.update(principal.sessions, id, change);
  }

  /** Throws `SessionStatusConflict` for a status that cannot follow. */
  async updateStatus(principal: Principal, id: SessionId, status: SessionStatus): Promise<SessionInfo> {
    const moved = await this.#repository.updateStatus(principal.sessions, id, status);
    this.#watcher.sessionMoved(moved);
    return moved;
  }

  delete(principal: Principal, id: SessionId): Promise<SessionInfo> {
    return this.#repository.delete(principal.sessions, id);
  }

  restore(principal: Principal, id: SessionId): Promise<SessionInfo> {
    return this.#repository.restore(principal.sessions, id);
  }

  purge(principal: Principal, id: SessionId): Promise<SessionInfo> {
    return this.#repository.purge(principal.sessions, id);
  }

  batchUpdate(principal: Principal, target: Target, change: SessionChange): Promise<{ readonly count: number }> {
    return this.#repository.batchUpdate(principal.sessions, target, change);
  }

  batchDelete(principal: Principal, target: Target): Promise<{ readonly count: number }> {
    return this.#repository.batchDelete(principal.sessions, target);
  }

  batchPurge(principal: Principal, target: Target): Promise<{ readonly count: number }> {
    return this.#repository.batchPurge(principal.sessions, target);
  }

  #specOf(principal: Principal, request: SessionRequest, pointer: string): SessionCreationSpec {
    const { ownerId, scalingGroupName, ...requested } = request;
    const owner = ownerOf(principal, ownerId, `${pointer}/ownerId`);
    const { scalingGroups } = this.#domains.get(owner.domainName)!;
    if (scalingGroupName !== null && !scalingGroups.includes(scalingGroupName)) {
      const message = `The scaling group must be one of: ${scalingGroups.join(', ')}.`;
      throw new InvalidInput('INVALID_VALUE', message, `${pointer}/scalingGroupName`);
    }
    return {
      ...requested,
      scalingGroupName: scalingGroupName ?? scalingGroups[0]!,
      domainName: owner.domainName,
      groupId: owner.project.id,
      userUuid: owner.id,
      accessKey: owner.accessKey,
    };
  }
}

function ownerOf({ role, owners }: Principal, ownerId: string | null, pointer: string): DemoUser {
  if (ownerId === null) {
    if (role === 'user') return owners[0]!;
    throw new InvalidInput('MISSING_VALUE', 'This access key owns no sessions: say whose it shall be.', pointer);
  }
  const owner = owners.find((user) => user.id === ownerId);
  if (owner === undefined) throw new InvalidInput('INVALID_VALUE', 'There is no such user.', pointer);
  return owner;
}
