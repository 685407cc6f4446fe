import { ClusterMode, SESSION_STATUSES, SessionType } from '@holdfast/session-repository';
import { z } from 'zod';
import { batchTargetShape } from './batch-target.js';
import { limitedRecord } from './limited-record.js';
import { slotAmounts } from './slot-amounts.js';
import { storableText } from './storable-text.js';
import { wholeNumber } from './whole-number.js';

const MOST_SESSIONS = 1_000;

// The rule of names is the repository's; see `sessionName`.
const name = storableText(64);
const image = storableText(256).min(1, 'An image has a name');
const tag = storableText(64).nullable();
const environ = limitedRecord(storableText(256), storableText(8_192), 256).nullable();
const priority = wholeNumber(-1_000, 1_000);
const moment = z.iso
  .datetime({ offset: true, error: 'A time is ISO 8601 with its offset, e.g. 2026-01-31T12:00:00Z' })
  .transform((text) => new Date(text))
  .nullable();

/** The body of `POST /sessions`. Whose session it is follows from the access key; administrators name the owner. */
export const sessionCreation = z.strictObject({
  name,
  type: z.enum(Object.values(SessionType)),
  image,
  additionalImages: z.array(image).max(16).exactOptional(),
  requestedSlots: slotAmounts,
  scalingGroupName: z.string().exactOptional(),
  ownerId: z.string().exactOptional(),
  creationId: storableText(64).min(1, 'A text that is not empty is needed').exactOptional(),
  priority: priority.exactOptional(),
  clusterMode: z.enum(Object.values(ClusterMode)).exactOptional(),
  clusterSize: wholeNumber(1, 1_000).exactOptional(),
  tag: tag.exactOptional(),
  environ: environ.exactOptional(),
  startsAt: moment.exactOptional(),
});

/** The body of `POST /sessions/bulk`. */
export const sessionsCreation = z.strictObject({
  sessions: z.array(sessionCreation).min(1, 'At least one session is needed').max(MOST_SESSIONS),
});

/** The body of `PATCH /sessions/:id`: what is left out stays, and null empties. */
export const sessionUpdate = z.strictObject({
  name: name.exactOptional(),
  priority: priority.exactOptional(),
  tag: tag.exactOptional(),
  environ: environ.exactOptional(),
  startsAt: moment.exactOptional(),
});

/** The body of `POST /sessions/:id/status`. */
export const sessionStatusUpdate = z.strictObject({ status: z.enum(SESSION_STATUSES) });

/** The body of `POST /sessions/batch-delete` and `POST /sessions/batch-purge`. */
export const sessionBatch = z.strictObject(batchTargetShape);

/** The body of `POST /sessions/batch-update`. */
export const sessionBatchUpdate = z.strictObject({
  ...batchTargetShape,
  change: sessionUpdate.omit({ name: true }).refine((change) => Object.keys(change).length > 0, 'A change is needed'),
});
