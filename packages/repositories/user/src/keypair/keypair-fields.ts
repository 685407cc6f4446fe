import { fields, usualOperators } from '@holdfast/querier';
import { USER_ROLES } from '../user-role.js';
import type { KeypairRow } from './keypair-row.js';

const { choice, range } = usualOperators;

/** What a request may filter key pairs by and order them by. Secrets are in another table, which no request reaches. */
export const keypairFields = fields<KeypairRow>({
  accessKey: { type: 'text', operators: [...choice, 'startsWith'] },
  userId: { type: 'uuid', operators: choice },
  domainName: { type: 'text', operators: choice },
  userRole: { type: 'text', values: USER_ROLES, operators: choice },
  isActive: { type: 'boolean', operators: ['eq'] },
  isDefault: { type: 'boolean', operators: ['eq'] },
  resourcePolicy: { type: 'text', operators: choice },
  predecessor: { type: 'text', operators: [...choice, 'isNull'] },
  lastUsedAt: { type: 'timestamp', operators: [...range, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  revokedAt: { type: 'timestamp', operators: [...range, 'isNull'] },
});
