import { rowLevelSecurity } from '@holdfast/base';
import { KernelRow } from './kernel-row.js';
import { SessionRow } from './session-row.js';

/** Whose sessions PostgreSQL lets be touched: those of the scope, whatever a statement says. */
export const sessionRowLevelSecurity = rowLevelSecurity<SessionRow>({
  entity: SessionRow,
  scopes: { domain: 'domainName', project: 'groupId', user: 'userUuid', 'access-key': 'accessKey' },
});

/** The same for kernels. They know no access key: who asks by one sees none of them. */
export const kernelRowLevelSecurity = rowLevelSecurity<KernelRow>({
  entity: KernelRow,
  scopes: { domain: 'domainName', project: 'groupId', user: 'userUuid' },
});
