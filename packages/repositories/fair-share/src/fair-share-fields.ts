import { fields, usualOperators } from '@holdfast/querier';
import { FAIR_SHARE_LEVELS } from './fair-share-level.js';
import type { FairShareRow } from './fair-share-row.js';

const { id, choice, range } = usualOperators;

/** What a request may filter fair shares by and order them by. */
export const fairShareFields = fields<FairShareRow>({
  id: { type: 'uuid', operators: id },
  level: { type: 'text', values: FAIR_SHARE_LEVELS, operators: choice },
  resourceGroupName: { type: 'text', operators: id },
  domainName: { type: 'text', operators: id },
  projectId: { type: 'uuid', operators: [...id, 'isNull'] },
  userUuid: { type: 'uuid', operators: [...id, 'isNull'] },
  fairShareFactor: { type: 'decimal', operators: range, order: true },
  schedulingRank: { type: 'integer', operators: range, order: true },
  lastCalculatedAt: { type: 'timestamp', operators: range },
  createdAt: { type: 'timestamp', operators: range, order: true },
});
