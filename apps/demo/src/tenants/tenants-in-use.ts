import { batchQuerier } from '@holdfast/querier';
import { domainScope } from '@holdfast/session-repository';
import type { Repositories } from '../repositories.js';
import type { TenantDirectory } from './tenant-directory.js';

/** Those of the directories whose tenants have sessions; all of them, where nobody has any. */
export async function tenantsInUse(
  { sessions }: Repositories,
  directories: readonly TenantDirectory[],
): Promise<readonly TenantDirectory[]> {
  const inUse = await Promise.all(
    directories.map(async ({ domains }) => {
      const [first, ...others] = domains.map((domain) => domainScope(domain.name));
      const page = await sessions.search([first!, ...others], batchQuerier({ pagination: { first: 1 } }));
      return page.items.length > 0;
    }),
  );
  const found = directories.filter((_, index) => inUse[index]);
  return found.length > 0 ? found : directories;
}
