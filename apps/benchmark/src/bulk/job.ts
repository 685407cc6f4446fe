/** A row of 20 columns, of the types that rows have in earnest. */
export interface Job {
  readonly id: string;
  readonly tenant: string;
  readonly position: string;
  readonly name: string;
  readonly status: string;
  readonly kind: string;
  readonly labels: readonly string[];
  readonly ports: readonly number[];
  readonly requested_slots: Readonly<Record<string, string>>;
  readonly history: readonly { readonly status: string; readonly at: string }[];
  readonly price: string;
  readonly used_ms: string;
  readonly attempts: number;
  readonly priority: number;
  readonly weight: number;
  readonly is_public: boolean;
  readonly created_at: Date;
  readonly starts_at: Date | null;
  readonly due_on: string;
  readonly note: string | null;
}

/** The tenant of all rows. */
export const TENANT = 'bulk';

/** Rows by their positions, made one after the other as they are asked for; the same each time. */
export function* newJobs(from: number, to: number): Generator<Job> {
  for (let i = from; i < to; i++) yield newJob(i);
}

/** A key that rises with the position, as those of version 7 do. */
export function jobId(position: number): string {
  const time = (0x019a_0000_0000 + position).toString(16).padStart(12, '0');
  const rest = Math.imul(position + 1, 0x9e3779b1) >>> 0;
  return `${time.slice(0, 8)}-${time.slice(8)}-7abc-8def-0000${rest.toString(16).padStart(8, '0')}`;
}

function newJob(i: number): Job {
  const created = 1_735_689_600_000 + i * 1_234;
  return {
    id: jobId(i),
    tenant: TENANT,
    position: String(i),
    name: `training of model ${i}, "${i % 7}" – größer`,
    status: i % 3 === 0 ? 'RUNNING' : 'PENDING',
    kind: i % 2 === 0 ? 'interactive' : 'batch',
    labels: ['gpu', `team ${i % 40}`, 'a, "quoted" label'],
    ports: [8_000 + (i % 1_000), 9_000],
    requested_slots: { cpu: String(1 + (i % 64)), mem: '8589934592', 'cuda.shares': `${i % 8}.5` },
    history: [{ status: 'PENDING', at: '2025-01-01T00:00:00Z' }],
    price: `${i}.250000`,
    used_ms: String(i * 1_000_003),
    attempts: i % 5,
    priority: i % 100,
    weight: i / 7,
    is_public: i % 2 === 0,
    created_at: new Date(created),
    starts_at: i % 4 === 0 ? null : new Date(created + 60_000),
    due_on: `2025-0${1 + (i % 9)}-1${i % 10}`,
    note: i % 3 === 0 ? null : `Started by hand, for the ${i}th time.`,
  };
}
