import { type CallOptions, checkCallOptions, Deadline, markGivenUp } from '@holdfast/operation';
import type { DbReadSession } from '../session/db-session.js';
import { Wait } from '../wire/wait.js';
import { HandOver } from './hand-over.js';
import { RowStream } from './row-stream.js';
import type { StreamSpec } from './stream-spec.js';

/** Runs `work` in a dbSession of its own. */
type Begin = (work: (dbSession: DbReadSession) => Promise<void>) => Promise<void>;

/**
 * A stream in a dbSession of its own, which begins when the first partition is asked for and ends with the loop. A signal
 * and a deadline end it even while nobody asks for more: whoever has left the loop open does not keep the connection.
 */
export function streamInSession<Data>(begin: Begin, spec: StreamSpec<Data>, options: CallOptions): RowStream<Data> {
  return new RowStream(spec, () => handedOut(begin, spec, options));
}

async function* handedOut<Data>(
  begin: Begin,
  spec: StreamSpec<Data>,
  options: CallOptions,
): AsyncGenerator<readonly Data[], void, void> {
  const handOver = new HandOver<readonly Data[]>();
  checkCallOptions(options);
  const { signal, deadlineMs } = options;
  const deadline = deadlineMs === undefined ? null : Deadline.after(deadlineMs);
  const wait = new Wait({ signal, deadline }, (reason) => handOver.fail(reason));
  let earlier: { readonly error: unknown } | null = null;
  const work = async (dbSession: DbReadSession): Promise<void> => {
    // Made again, it would hand out for a second time what is out already.
    if (handOver.hasGiven) {
      if (earlier === null) return;
      throw earlier.error;
    }
    try {
      // The limit of rows is the outer stream's.
      for await (const partition of dbSession.stream({ ...spec, maxRows: null })) {
        if (!(await handOver.give(partition))) return;
      }
    } catch (error) {
      earlier = { error };
      if (handOver.hasGiven) markGivenUp(error);
      throw error;
    }
  };
  const first = handOver.take();
  const ended = begin(work).then(
    () => handOver.end(),
    (error: unknown) => handOver.fail(error),
  );
  try {
    for (let partition = await first; partition !== null; partition = await handOver.take()) yield partition;
  } finally {
    wait.end();
    handOver.end();
    await ended;
  }
}
