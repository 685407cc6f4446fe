import type { ReadOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { listed, upsertingDbSource } from '@holdfast/standard-repository';
import { type EffectiveFairShare, effectiveFairShare, type FairShareDefaults } from './effective-fair-share.js';
import { fairShareCreator } from './fair-share-creator.js';
import { fairShareIdOf, fairShareKey, type FairShareKey } from './fair-share-key.js';
import { fairShares } from './fair-share-operations.js';
import { fairShareDbSourceResilience } from './fair-share-resilience.js';
import type { FairShareRow } from './fair-share-row.js';
import { fairShareUpdater } from './fair-share-updater.js';

const standard = upsertingDbSource(fairShareDbSourceResilience, {
  operations: fairShares,
  creator: fairShareCreator,
  updater: fairShareUpdater,
  upsert: { update: ['weight', 'resourceWeights'] },
});

/** All SQL on fair shares. */
export class FairShareDbSource extends standard {
  @fairShareDbSourceResilience.apply()
  async listEffective(
    scope: Scope<FairShareRow>,
    keys: readonly FairShareKey[],
    defaults: FairShareDefaults,
    options?: ReadOptions,
  ): Promise<readonly EffectiveFairShare[]> {
    const checked = listed(keys).map((key, index) => fairShareKey(key, `/${index}`));
    const read = { ...options, includeDeleted: true };
    const records = await this.executor.execute(fairShares.loadMany(scope, checked.map(fairShareIdOf), read), options);
    return Object.freeze(checked.map((key, index) => effectiveFairShare(key, records[index] ?? null, defaults)));
  }
}
