import type { DomainName } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteInfo } from './sticky-note-info.js';
import type { StickyNoteStatus } from './sticky-note-status.js';

/** A row of the table `sticky_notes`: what conditions, orders and scopes speak of. Callers get `StickyNoteInfo`. */
export interface StickyNoteRow {
  id: StickyNoteId;
  domainName: DomainName;
  name: string;
  description: string | null;
  status: StickyNoteStatus;
  statusChangedAt: Date;
  createdAt: Date;
  modifiedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const StickyNoteRow = new EntitySchema<StickyNoteRow>({
  name: 'StickyNote',
  tableName: 'sticky_notes',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'sticky_notes_pkey' },
    domainName: { name: 'domain_name', type: 'text' },
    name: { type: 'text' },
    description: { type: 'text', nullable: true },
    status: { type: 'text', default: 'DRAFT' },
    statusChangedAt: { name: 'status_changed_at', type: timestamp, default: () => 'now()' },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  checks: [
    { name: 'sticky_notes_name_check', expression: `name <> ''` },
    { name: 'sticky_notes_status_check', expression: `status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')` },
  ],
  indices: [
    {
      name: 'sticky_notes_live_name_key',
      columns: ['domainName', 'name'],
      unique: true,
      where: 'deleted_at IS NULL',
    },
    { name: 'sticky_notes_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'sticky_notes_domain_modified_idx', columns: ['domainName', 'modifiedAt', 'id'] },
    { name: 'sticky_notes_domain_status_idx', columns: ['domainName', 'status', 'id'] },
  ],
});

/** The data of a row. */
export function toStickyNoteInfo(row: StickyNoteRow): StickyNoteInfo {
  return Object.freeze({
    id: row.id,
    domainName: row.domainName,
    name: row.name,
    description: row.description,
    status: row.status,
    statusChangedAt: row.statusChangedAt,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
