import { Database, guardedPool } from '@holdfast/base';
import { domainName, kernelId, projectId, resourceSlot, scalingGroupName, userId } from '@holdfast/domain-types';
import { domainFairShareSearchScope, FairShareRepositories, fairShareSpec } from '@holdfast/fair-share-repository';
import { fairShareEntities } from '@holdfast/fair-share-repository/entities';
import { fairShareMigrations } from '@holdfast/fair-share-repository/migrations';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...fairShareEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(fairShareMigrations);
const { repository, usageRepository } = FairShareRepositories.create({ database });

const resourceGroupName = scalingGroupName('gpu');
const research = {
  resourceGroupName,
  domainName: domainName('research'),
  projectId: projectId('018f3b1e-0000-7000-8000-000000000001'),
};
const [ada, bob] = [2, 3].map((n) => userId(`018f3b1e-0000-7000-8000-00000000000${n}`));
const capacity = resourceSlot({ cpu: 8 });
const spec = fairShareSpec({ lookbackDays: 1 });

// A kernel of Ada's had all eight CPUs for half a day.
await usageRepository.recordObservation({
  observedAt: new Date('2026-01-10T18:00:00Z'),
  kernels: [
    {
      ...research,
      kernelId: kernelId('018f3b1e-0000-7000-8000-000000000004'),
      userUuid: ada!,
      occupiedSlots: capacity,
      startedAt: new Date('2026-01-10T00:00:00Z'),
      terminatedAt: new Date('2026-01-10T12:00:00Z'),
    },
  ],
});
await usageRepository.calculateFairShares(resourceGroupName, {
  spec,
  capacity,
  calculatedAt: new Date('2026-01-10T18:00:00Z'),
});

const users = [ada, bob].map((userUuid) => ({ ...research, userUuid: userUuid! }));
const shares = await repository.listEffective(domainFairShareSearchScope(research.domainName), users, {
  spec,
  capacity,
});
for (const { fairShareFactor, normalizedUsage, useDefault } of shares) {
  console.log(fairShareFactor, normalizedUsage, useDefault ? 'by default' : 'calculated');
}

await database.close();
await dataSource.destroy();
