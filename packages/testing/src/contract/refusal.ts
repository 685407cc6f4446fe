import { AssertionError } from 'node:assert';

/** What `work` throws. Fails if it throws nothing. */
export async function refusal(work: () => Promise<unknown>, what = 'it'): Promise<Error> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    return error as Error;
  }
  throw new AssertionError({ message: `${what} was to be refused, and gave ${JSON.stringify(result)}.` });
}
