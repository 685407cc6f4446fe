import { checkSeesLatest, type EntityOperations, owned, unitSpec, type UnitWrite, writeSpec } from '@holdfast/base';
import type { DomainName } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { and, Unscoped, where } from '@holdfast/querier';
import { DomainConditions } from './domain-conditions.js';
import type { DomainInfo } from './domain-info.js';
import { DomainRow } from './domain-row.js';

/** Statements of the swap: its turn, the domain that was the default, the one that is. */
export const swapStatements = 3;

/**
 * Makes one domain the default, and the one that was it no longer, in one transaction. Swaps take turns: an index that is
 * unique is asked row by row, so that of two at once one would be refused for what the other is about to give up.
 */
export function defaultSwap(
  domains: EntityOperations<DomainRow, DomainInfo, DomainName>,
  scope: Unscoped,
  name: DomainName,
): UnitWrite<DomainInfo> {
  if (!Unscoped.isUnscoped(scope)) {
    throw new Misuse('A change of the default concerns the domains of all tenants: say unscoped(reason).');
  }
  const others = and(DomainConditions.isDefault(), where<DomainRow>({ name: { ne: name } }));
  const swap = unitSpec(
    'setDefault',
    async (unit) => {
      checkSeesLatest(unit, 'A change of the default domain');
      await unit.execute(turn);
      await unit.execute(domains.batchUpdate(scope, others, { changes: { isDefault: false } }));
      return unit.execute(domains.update(scope, name, { changes: { isDefault: true } }));
    },
    { payload: () => name },
  );
  return owned(scope, swap);
}

/** Held until the transaction ends. */
const turn = writeSpec('setDefault', (catalog) => ({
  statement: catalog
    .mappingOf(DomainRow)
    .returningNothing(`SELECT pg_advisory_xact_lock(hashtextextended('the default of domains', 0))`),
  values: [],
  writes: false,
  finish: () => undefined,
}));
