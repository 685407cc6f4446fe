import type { Subject } from './subject.js';
import { fingerprint } from './watch/fingerprint.js';
import { outcomeOf } from './watch/outcome.js';
import { traced } from './watch/traced.js';
import { newWorld, worldless } from './world.js';

/** What an attempt came to, in words that are the same in every world; null where it may differ. */
export interface Told {
  readonly attempt: string;
  readonly answer: string | null;
}

/** How many attempts are made between two looks at the rows of the other tenant. */
const HASHED_EVERY = 16;

/**
 * Drives one operation in a new world, with the rows of the other tenant or without. Throws if one of them changed, or
 * can be read in what a call came to. Makes no more attempts once `over` is aborted.
 */
export async function drive(
  subject: Subject,
  operation: string,
  isShared: boolean,
  over: AbortSignal,
): Promise<readonly Told[]> {
  const world = newWorld(isShared);
  const { mine, theirs } = world;
  await subject.settle(mine, theirs);
  if (isShared) await subject.settle(theirs, mine);
  const attempts = await subject.drives[operation]!(world);
  const before = await fingerprint(subject, theirs);
  const told: Told[] = [];
  const checkRows = async (attempt: string): Promise<void> => {
    if (!isShared || (await fingerprint(subject, theirs)) === before) return;
    throw new Error(`What is theirs was changed, by one of ${HASHED_EVERY} attempts of which the last was ${attempt}`);
  };
  for (const { args, call = () => subject.call(operation, args), differs, refusedFor, ...must } of attempts) {
    if (over.aborted) break;
    const attempt = worldless(world, `${operation} ${JSON.stringify(args)}`);
    const { answer, texts, refusal, isFault } = await outcomeOf(() => traced(operation, call));
    const leak = texts.find(
      (text) => text.includes(theirs.canary) || (must.untold !== undefined && text.includes(must.untold)),
    );
    if (leak !== undefined) throw new Error(`What is theirs came out of ${attempt}: ${leak}`);
    const isRefused = must.succeeds === true ? refusal.length > 0 : isFault;
    if (refusedFor === undefined ? isRefused : !refusal.includes(refusedFor)) {
      throw new Error(`${attempt} was to be ${refusedFor ?? 'possible'}, and came to ${answer}`);
    }
    told.push({ attempt, answer: differs === undefined ? worldless(world, answer) : null });
    if (told.length % HASHED_EVERY === 0 || told.length === attempts.length) await checkRows(attempt);
  }
  return told;
}
