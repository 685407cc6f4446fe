import { type CreatorSpec, newId } from '@holdfast/base';
import { missingValue } from '@holdfast/standard-repository';
import type { StickyNoteCreationSpec } from './sticky-note-creation-spec.js';
import type { StickyNoteId } from './sticky-note-id.js';
import { StickyNoteRow } from './sticky-note-row.js';

const missing = missingValue(StickyNoteRow, {
  domainName: 'The domain is missing: neither the scope nor the spec gives it.',
});

/** The row of a new sticky note. */
export function stickyNoteCreator(spec: StickyNoteCreationSpec): CreatorSpec<StickyNoteRow> {
  const minted = spec.id === undefined ? [newId()] : [];
  return {
    minted,
    values: {
      id: spec.id ?? (minted[0] as StickyNoteId),
      name: spec.name,
      description: spec.description ?? null,
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
    },
    integrityErrorChecks: [missing],
  };
}
