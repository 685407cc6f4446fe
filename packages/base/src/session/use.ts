import type { HoldfastError } from '@holdfast/errors';
import type { Plan } from '../specs/spec.js';
import type { RowSink } from '../wire/row-sink.js';
import type { Settled } from './deferred.js';

/** What is made of an answer, or of an error of ours. */
export type Use<Result> = Pick<Plan<Result>, 'finish' | 'failure'>;

/** Nothing is made of it. */
export const itself: Use<RowSink> = { finish: (sink) => sink };

/** Told what arrived, or why nothing did. */
export interface Answered {
  readonly arrived: (sink: RowSink) => void;
  readonly failed: (error: unknown) => void;
}

/** Settles with what is made of what is told. */
export function used<Result>(use: Use<Result>, { resolve, reject }: Settled<Result>): Answered {
  return {
    arrived(sink) {
      let result: Result;
      try {
        result = use.finish(sink);
      } catch (error) {
        return reject(error as Error);
      }
      resolve(result);
    },
    failed: (error) => reject((use.failure?.(error as HoldfastError) ?? error) as Error),
  };
}
