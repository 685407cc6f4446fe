/** Whose all sessions of the import are. */
export const TENANT = Object.freeze({
  domainName: 'openb',
  groupId: '00000000-0000-4000-8000-000000000001',
  userUuid: '00000000-0000-4000-8000-000000000002',
  accessKey: 'AKIAOPENB',
});

/** The moment that a trace counts its seconds from. */
export const BEGINNING_MS = Date.UTC(2023, 0, 1);

/** What a phase of a trace is called here. */
export const STATUSES: Readonly<Record<string, 'RUNNING' | 'ERROR' | 'PENDING' | 'TERMINATED'>> = Object.freeze({
  Running: 'RUNNING',
  Failed: 'ERROR',
  Pending: 'PENDING',
  Succeeded: 'TERMINATED',
});

/** The id of the session, or of the kernel, of a pod: both ways store the same rows. */
export function idOf(kind: 'session' | 'kernel', index: number): string {
  return `01900000-0000-7000-${kind === 'session' ? '8000' : '9000'}-${index.toString(16).padStart(12, '0')}`;
}
