import { describe, expect, it } from '@jest/globals';
import { scheduleDbSourceResilience, scheduleRepositoryResilience } from '../src/index.js';

describe('the resilience of the repository', () => {
  it('measures and retries in the repository, and only measures in its source', () => {
    expect(scheduleRepositoryResilience.describe()).toBe('metrics(retry(call))');
    expect(scheduleDbSourceResilience.describe()).toBe('metrics(call)');
  });
});
