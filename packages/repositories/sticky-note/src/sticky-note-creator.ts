import { type CreatorSpec, newId } from '@holdfast/base';
import { checkMembers } from '@holdfast/standard-repository';
import type { StickyNoteCreationSpec } from './sticky-note-creation-spec.js';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteRow } from './sticky-note-row.js';

const given: ReadonlySet<string> = new Set<keyof StickyNoteCreationSpec>(['id', 'name', 'description', 'domainName']);

/** The row of a new sticky note. */
export function stickyNoteCreator(spec: StickyNoteCreationSpec): CreatorSpec<StickyNoteRow> {
  checkMembers(spec, given);
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
  };
}
