import type { DomainName } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { StickyNoteRow } from './sticky-note-row.js';

/** The sticky notes of a domain. */
export function domainScope(domainName: DomainName): SearchScope<StickyNoteRow> {
  return searchScope<StickyNoteRow>({ name: 'domain', equals: { domainName } });
}
