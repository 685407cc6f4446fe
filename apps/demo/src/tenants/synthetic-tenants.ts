import { tenantDirectoryOf } from './tenant-directory-of.js';

/** The tenants of the synthetic cluster: three domains, two of which share a scaling group with the third. */
export const syntheticTenants = tenantDirectoryOf([
  {
    name: 'research',
    scalingGroups: ['research-gpu', 'common'],
    projects: {
      vision: ['alice', 'bob', 'carol'],
      language: ['dave', 'erin', 'frank'],
      robotics: ['grace', 'heidi'],
    },
  },
  {
    name: 'production',
    scalingGroups: ['production-gpu', 'common'],
    projects: {
      serving: ['ivan', 'judy', 'mallory'],
      batch: ['niaj', 'olivia'],
    },
  },
  {
    name: 'education',
    scalingGroups: ['common'],
    projects: {
      'deep-learning-101': ['peggy', 'rupert', 'sybil', 'trent'],
      'data-lab': ['victor', 'walter', 'wendy'],
    },
  },
]);
