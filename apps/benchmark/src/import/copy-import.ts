import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import { BEGINNING_MS, idOf, STATUSES, TENANT } from './import-tenant.js';
import type { PodLine, TraceLines } from './trace-lines.js';

const CHUNK = 64 * 1024;
const NULL = '\\N';
const owner = [TENANT.domainName, TENANT.groupId, TENANT.userUuid, TENANT.accessKey].join('\t');
const OWNER = 'domain_name, group_id, user_uuid, access_key';

/** Imports a trace by hand: the same rows, as the text of one COPY for each table, in one transaction. */
export async function copyImport(client: pg.Client, { pods, nodes }: TraceLines): Promise<void> {
  const beginning = time(0);
  await client.query('BEGIN');
  await copy(
    client,
    `agents (id, region, scaling_group_name, available_slots, gpu_model, addr, version, architecture, schedulable, status,
             status_changed_at, first_contact)`,
    nodes.map(({ name, cpuMilli, memoryMib, gpus, model }) => {
      const available = json(slotsOf(cpuMilli, memoryMib, gpus * 1_000));
      const gpu = model === '' ? NULL : model;
      return `${name}\topenb\topenb\t${available}\t${gpu}\ttrace://${name}\topenb\tx86_64\tt\tALIVE\t${beginning}\t${beginning}\n`;
    }),
  );
  const lines = pods.map((pod, i) => ({ ...momentsOf(pod), pod, i, slots: podSlots(pod) }));
  await copy(
    client,
    `sessions (id, creation_id, name, session_type, images, requested_slots, scaling_group_name, status,
               status_changed_at, created_at, terminated_at, ${OWNER})`,
    lines.map(({ pod, i, status, changed, created, terminated, slots }) => {
      const requested = json(slots);
      return `${idOf('session', i)}\t${pod.name}\t${pod.name}\tbatch\t{openb/pod:trace}\t${requested}\topenb\t${status}\t${changed}\t${created}\t${terminated}\t${owner}\n`;
    }),
  );
  await copy(
    client,
    `kernels (id, session_id, agent_id, image, requested_slots, status, status_changed_at, created_at, scheduled_at, terminated_at,
              ${OWNER})`,
    lines.map(({ i, status, changed, created, terminated, slots }) => {
      const scheduled = status === 'PENDING' ? NULL : created;
      const agent = status === 'RUNNING' ? nodes[i % nodes.length]!.name : NULL;
      return `${idOf('kernel', i)}\t${idOf('session', i)}\t${agent}\topenb/pod:trace\t${json(slots)}\t${status}\t${changed}\t${created}\t${scheduled}\t${terminated}\t${owner}\n`;
    }),
  );
  await copy(
    client,
    `resource_allocations (kernel_id, slot_name, requested, used, freed_at, ${OWNER})`,
    lines.flatMap(({ i, status, terminated, slots }) =>
      slots.map(([name, amount]) => {
        const used = status === 'RUNNING' ? amount : NULL;
        return `${idOf('kernel', i)}\t${name}\t${amount}\t${used}\t${terminated}\t${owner}\n`;
      }),
    ),
  );
  await client.query('COMMIT');
}

async function copy(client: pg.Client, table: string, lines: readonly string[]): Promise<void> {
  const stream = client.query(from(`COPY ${table} FROM STDIN`));
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    if (!stream.write(chunk)) await once(stream, 'drain');
    chunk = '';
  }
  stream.end(chunk);
  await finished(stream);
}

type Slots = readonly (readonly [name: string, amount: string])[];

const time = (second: number): string => new Date(BEGINNING_MS + second * 1_000).toISOString();
const json = (slots: Slots): string => JSON.stringify(Object.fromEntries(slots));
const podSlots = (pod: PodLine): Slots => slotsOf(pod.cpuMilli, pod.memoryMib, pod.gpus * pod.gpuMilli);

function slotsOf(cpuMilli: number, memoryMib: number, gpuMilli: number): Slots {
  const slots: Slots = [
    ['cpu', String(cpuMilli / 1_000)],
    ['mem', String(memoryMib * 1_048_576)],
  ];
  return gpuMilli === 0 ? slots : [...slots, ['cuda.shares', String(gpuMilli / 1_000)]];
}

function momentsOf({ phase, createdSecond, deletedSecond }: PodLine) {
  const status = STATUSES[phase]!;
  const created = time(createdSecond);
  const terminated = status === 'ERROR' || status === 'TERMINATED' ? time(deletedSecond) : NULL;
  return { status, created, terminated, changed: terminated === NULL ? created : terminated };
}
