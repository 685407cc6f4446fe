/** The command line says what it must not say; the message is a sentence for whoever wrote it. */
export class RefusedOption extends Error {}

/** Whether that is why a command ended: found out by us, or by Node's parseArgs. */
export function isRefusedOption(error: unknown): error is Error {
  if (error instanceof RefusedOption) return true;
  const code = error instanceof TypeError ? (error as NodeJS.ErrnoException).code : undefined;
  return code?.startsWith('ERR_PARSE_ARGS_') === true;
}
