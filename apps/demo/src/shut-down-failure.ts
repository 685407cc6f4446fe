/** Something could not be brought to its end in time, and was left. Its message is one line, printed as it is. */
export class ShutDownFailure extends Error {
  override get name(): string {
    return 'ShutDownFailure';
  }
}
