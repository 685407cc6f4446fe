import { fields, usualOperators } from '@holdfast/querier';
import type { DomainRow } from './domain-row.js';

const { id, range, text } = usualOperators;

/** What a request may filter domains by and order them by. What a domain is allowed is nobody's to probe. */
export const domainFields = fields<DomainRow>({
  name: { type: 'text', operators: text, order: true },
  id: { type: 'uuid', operators: id },
  description: { type: 'text', operators: [...text, 'isNull'] },
  isActive: { type: 'boolean', operators: ['eq'] },
  isDefault: { type: 'boolean', operators: ['eq'] },
  integrationId: { type: 'text', operators: [...id, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
