export { ScheduleRepositories } from './repositories.js';
export { ScheduleRepository } from './schedule-repository.js';

export type { RepositoryArgs } from '@holdfast/standard-repository';
export type { SchedulingData } from './scheduling-data.js';
export type { PendingSession } from './pending-session.js';
export type { BlockedSession } from './blocked-session.js';
export type { ActiveAgent } from './active-agent.js';

// For those who compose the parts themselves.
export { ScheduleDbSource } from './schedule-db-source.js';
export { scheduleRepositoryResilience, scheduleDbSourceResilience } from './schedule-resilience.js';
