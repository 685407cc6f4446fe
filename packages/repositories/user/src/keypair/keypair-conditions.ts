import type { AccessKey, UserId } from '@holdfast/domain-types';
import { type QueryCondition, where } from '@holdfast/querier';
import { ADMINISTRATOR_ROLES } from '../user-role.js';
import type { KeypairRow } from './keypair-row.js';

type Condition = QueryCondition<KeypairRow>;

/** Conditions on key pairs. What they do not cover is written with `where<KeypairRow>({ … })`. */
export const KeypairConditions = Object.freeze({
  userEquals: (userId: UserId): Condition => where<KeypairRow>({ userId: { eq: userId } }),
  accessKeyIn: (keys: readonly AccessKey[]): Condition => where<KeypairRow>({ accessKey: { in: keys } }),
  isActive: (): Condition => where<KeypairRow>({ isActive: { eq: true } }),
  isDefault: (): Condition => where<KeypairRow>({ isDefault: { eq: true } }),
  /** Of administrators. */
  isAdmin: (): Condition => where<KeypairRow>({ userRole: { in: ADMINISTRATOR_ROLES } }),
  /** Strictly before; those that were never used do not match. */
  lastUsedBefore: (moment: Date): Condition => where<KeypairRow>({ lastUsedAt: { lt: moment } }),
  neverUsed: (): Condition => where<KeypairRow>({ lastUsedAt: { isNull: true } }),
});
