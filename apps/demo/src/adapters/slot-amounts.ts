import { type ResourceSlot, resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { z } from 'zod';
import { limitedRecord } from './limited-record.js';

const MOST_SLOTS = 64;
/** Sessions are searched by how many GPUs they ask for, which is a whole number of the database. */
const MOST_GPUS = 1_000_000;
const gpuSlots = ['cuda.device', 'cuda.shares'];

/** Amounts of resources as a body holds them: how many and how long. The rule of names and amounts is `resourceSlot`'s. */
export const slotAmounts = limitedRecord(
  z.string().max(64, 'A slot name has at most 64 characters'),
  z.union([z.string(), z.number()], { error: 'An amount is decimal text or a number' }),
  MOST_SLOTS,
);

/** What a session asks for. Throws `InvalidInput` for what is no amount of resources, and for too many GPUs. */
export function requestedSlots(amounts: z.infer<typeof slotAmounts>, pointer: string): ResourceSlot {
  const slots = resourceSlot(amounts, pointer);
  const excess = gpuSlots.find((name) => Number(slots[name] ?? 0) > MOST_GPUS);
  if (excess === undefined) return slots;
  throw new InvalidInput('LIMIT_EXCEEDED', `At most ${MOST_GPUS} GPUs are taken.`, `${pointer}/${excess}`);
}
