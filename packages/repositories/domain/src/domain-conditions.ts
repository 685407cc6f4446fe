import type { DomainId } from '@holdfast/domain-types';
import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { DomainRow } from './domain-row.js';

type Condition = QueryCondition<DomainRow>;

/** Conditions on domains. What they do not cover is written with `where<DomainRow>({ … })`. */
export const DomainConditions = Object.freeze({
  idEquals: (id: DomainId): Condition => where<DomainRow>({ id: { eq: id } }),
  idIn: (ids: readonly DomainId[]): Condition => where<DomainRow>({ id: { in: ids } }),

  nameEquals: (name: string, options?: TextMatchOptions): Condition =>
    textMatch<DomainRow>('name', 'equals', name, options),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<DomainRow>('name', 'contains', text, options),
  nameStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<DomainRow>('name', 'startsWith', text, options),
  nameEndsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<DomainRow>('name', 'endsWith', text, options),
  nameIn: (names: readonly string[], options?: TextMatchOptions): Condition =>
    textMatch<DomainRow>('name', 'in', names, options),
  descriptionContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<DomainRow>('description', 'contains', text, options),

  isActive: (isActive = true): Condition => where<DomainRow>({ isActive: { eq: isActive } }),
  isDefault: (): Condition => where<DomainRow>({ isDefault: { eq: true } }),
  allowsDockerRegistry: (registry: string): Condition =>
    where<DomainRow>({ allowedDockerRegistries: { has: registry } }),
  allowsVfolderHost: (host: string): Condition => where<DomainRow>({ allowedVfolderHosts: { hasKey: host } }),
  integrationIdEquals: (integrationId: string): Condition => where<DomainRow>({ integrationId: { eq: integrationId } }),

  /** Strictly before. */
  createdBefore: (moment: Date): Condition => where<DomainRow>({ createdAt: { lt: moment } }),
  /** Strictly after. */
  createdAfter: (moment: Date): Condition => where<DomainRow>({ createdAt: { gt: moment } }),
});
