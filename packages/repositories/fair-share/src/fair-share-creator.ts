import type { CreatorSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { checkMembers } from '@holdfast/standard-repository';
import { fairShareWeight } from './calculator/fair-share-weight.js';
import type { FairShareCreationSpec } from './fair-share-creation-spec.js';
import { fairShareIdOf, fairShareKey, levelOf } from './fair-share-key.js';
import type { FairShareRow } from './fair-share-row.js';

const given: ReadonlySet<string> = new Set<keyof FairShareCreationSpec>([
  'resourceGroupName',
  'domainName',
  'projectId',
  'userUuid',
  'weight',
  'resourceWeights',
]);

/** The row of a new fair share. Throws `InvalidInput` for a key or a weight that is none. */
export function fairShareCreator(spec: FairShareCreationSpec): CreatorSpec<FairShareRow> {
  checkMembers(spec, given);
  const key = fairShareKey(spec);
  const { weight = null, resourceWeights = {} } = spec;
  return {
    values: {
      ...key,
      id: fairShareIdOf(key),
      level: levelOf(key),
      weight: weight === null ? null : fairShareWeight(weight),
      resourceWeights: resourceSlot(resourceWeights, '/resourceWeights'),
    },
  };
}
