import { InvalidInput, isHoldfastError, Misuse } from '@holdfast/errors';
import { json, textsOf } from './texts-of.js';

/** What a call came to. */
export interface Outcome {
  /** What it answers to its caller. */
  readonly answer: string;
  /** All that can be read in it. */
  readonly texts: readonly string[];
  /** What it was refused with: the error's class, its code, and the reason of an InvalidInput. */
  readonly refusal: readonly string[];
  /** Whether its error says that the call itself is wrong, and so tells nothing of what it was to try. */
  readonly isFault: boolean;
}

/** Makes a call to its end. */
export async function outcomeOf(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    const result = await call();
    return { answer: json(result), texts: textsOf(result), refusal: [], isFault: false };
  } catch (error) {
    const texts = textsOf(error);
    if (!isHoldfastError(error)) return { answer: String(error), texts, refusal: [], isFault: true };
    const { cause: _, stack: __, ...own } = { ...error, name: error.name, message: error.message };
    return {
      answer: json([own, error.toProblem()]),
      texts,
      refusal: [error.name, error.code, ...(error instanceof InvalidInput ? [error.reason] : [])],
      isFault: error instanceof Misuse || error.code.endsWith('_internal-error'),
    };
  }
}
