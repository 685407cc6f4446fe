import type { ResourceSlot } from '@holdfast/domain-types';
import type { CalculatedShare } from './calculated-share.js';
import type { DailyUsage } from './calculator/decayed-usage.js';
import { type FairShareContext, fairShareCalculator } from './calculator/fair-share-calculator.js';
import { schedulingRanks } from './calculator/scheduling-ranks.js';
import type { FairShareId } from './fair-share-id.js';
import type { FairShareRow } from './fair-share-row.js';
import type { UsageBucketRow } from './usage-bucket-row.js';

type Share = Omit<CalculatedShare, 'schedulingRank'>;

const NONE = Object.freeze({}) as ResourceSlot;

/**
 * The shares of all who used something of a resource group on the days that count, or have a record: whoever used nothing
 * lately is calculated too, and so gets back to 1. Users are ranked; who is equal goes by domain, project and user.
 */
export function calculatedShares(
  context: FairShareContext,
  usage: readonly UsageBucketRow[],
  records: readonly FairShareRow[],
): readonly CalculatedShare[] {
  const calculate = fairShareCalculator(context);
  const weights = new Map(records.map((row) => [row.id, row]));
  const used = new Map<FairShareId, { readonly who: UsageBucketRow; readonly usage: DailyUsage[] }>();
  for (const row of usage) {
    const known = used.get(row.fairShareId);
    const day: DailyUsage = {
      day: row.periodStart,
      resourceUsage: { [row.slotName]: row.resourceUsage } as unknown as ResourceSlot,
    };
    if (known === undefined) used.set(row.fairShareId, { who: row, usage: [day] });
    else known.usage.push(day);
  }
  const everybody = new Map<FairShareId, UsageBucketRow | FairShareRow>([
    ...records.map((row) => [row.id, row] as const),
    ...[...used].map(([id, { who }]) => [id, who] as const),
  ]);
  const shares = [...everybody].map(([id, { level, resourceGroupName, domainName, projectId, userUuid }]): Share => {
    const record = weights.get(id);
    // The weights of a deleted record count no longer.
    const own = record !== undefined && record.deletedAt === null ? record : null;
    const result = calculate({
      usage: used.get(id)?.usage ?? [],
      weight: own?.weight ?? null,
      resourceWeights: (own?.resourceWeights as ResourceSlot | undefined) ?? NONE,
    });
    return { id, level, resourceGroupName, domainName, projectId, userUuid, ...result };
  });
  return ranked(shares);
}

function ranked(shares: readonly Share[]): readonly CalculatedShare[] {
  const factors = new Map(
    shares.filter(({ level }) => level !== 'user').map((share) => [within(share), share.fairShareFactor]),
  );
  const users = shares.filter(({ level }) => level === 'user').sort(byWhoItIs);
  const ranks = schedulingRanks(
    users.map((share) => ({
      domainFactor: factors.get(within({ ...share, projectId: null })) ?? null,
      projectFactor: factors.get(within(share)) ?? null,
      userFactor: share.fairShareFactor,
    })),
  );
  const rankOf = new Map(users.map(({ id }, i) => [id, ranks[i]!]));
  return shares.map((share) => Object.freeze({ ...share, schedulingRank: rankOf.get(share.id) ?? null }));
}

function within({ domainName, projectId }: Pick<Share, 'domainName' | 'projectId'>): string {
  return `${projectId ?? ''} ${domainName}`;
}

function byWhoItIs(a: Share, b: Share): number {
  const [left, right] = [a, b].map(({ domainName, projectId, userUuid }) => [domainName, projectId!, userUuid!]);
  for (let i = 0; i < 3; i++) if (left![i] !== right![i]) return left![i]! < right![i]! ? -1 : 1;
  return 0;
}
