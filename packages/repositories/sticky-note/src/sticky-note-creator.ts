import { type CreatorSpec, newId, NotNullViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { StickyNoteCreationSpec } from './sticky-note-creation-spec.js';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteRow } from './sticky-note-row.js';

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
    integrityErrorChecks: [
      {
        violation: NotNullViolation,
        error: (violation) =>
          new InvalidInput(
            'MISSING_VALUE',
            'The domain is missing: neither the scope nor the spec gives it.',
            '/domainName',
            violation,
          ),
      },
    ],
  };
}
