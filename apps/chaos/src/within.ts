/** What `work` resolves to; throws what `state` says when that takes longer. */
export async function within<Result>(seconds: number, work: Promise<Result>, state: () => string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${seconds} s have passed. ${state()}`)), seconds * 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
