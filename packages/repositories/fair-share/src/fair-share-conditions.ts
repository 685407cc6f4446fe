import type { DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import { or, type QueryCondition, where } from '@holdfast/querier';
import type { FairShareLevel } from './fair-share-level.js';
import type { FairShareRow } from './fair-share-row.js';

type Condition = QueryCondition<FairShareRow>;

/** Conditions on fair shares. What they do not cover is written with `where<FairShareRow>({ … })`. */
export const FairShareConditions = Object.freeze({
  levelEquals: (level: FairShareLevel): Condition => where<FairShareRow>({ level: { eq: level } }),
  resourceGroupNameEquals: (name: ScalingGroupName): Condition =>
    where<FairShareRow>({ resourceGroupName: { eq: name } }),
  domainNameEquals: (name: DomainName): Condition => where<FairShareRow>({ domainName: { eq: name } }),
  projectIdEquals: (id: ProjectId): Condition => where<FairShareRow>({ projectId: { eq: id } }),
  userUuidEquals: (id: UserId): Condition => where<FairShareRow>({ userUuid: { eq: id } }),
  /** Strictly before, or never. */
  calculatedBefore: (moment: Date): Condition =>
    or(
      where<FairShareRow>({ lastCalculatedAt: { lt: moment } }),
      where<FairShareRow>({ lastCalculatedAt: { isNull: true } }),
    ),
});
