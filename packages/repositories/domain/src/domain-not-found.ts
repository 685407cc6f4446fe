import type { DomainId, DomainName } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such domain in the scope that was given. Status 404, code `domain_read_not-found`. */
export class DomainNotFound extends EntityNotFound {
  /** The name or the id that was asked for. */
  readonly domain: DomainName | DomainId;

  constructor(domain: DomainName | DomainId) {
    super('domain', `No domain ${domain}.`);
    this.domain = domain;
  }
}
