import { tenantDirectoryOf } from './tenant-directory-of.js';

/**
 * The tenants of an imported trace. A trace names none: there is one domain, a project for each quality-of-service
 * class, and in each project as many users as make its share of the load a plausible one.
 */
export const openbTenants = tenantDirectoryOf([
  {
    name: 'openb',
    scalingGroups: ['openb-gpu', 'openb-cpu'],
    projects: {
      ls: ['ls-1', 'ls-2', 'ls-3', 'ls-4', 'ls-5', 'ls-6'],
      be: ['be-1', 'be-2', 'be-3', 'be-4'],
      burstable: ['burstable-1', 'burstable-2'],
      guaranteed: ['guaranteed-1'],
    },
  },
]);
