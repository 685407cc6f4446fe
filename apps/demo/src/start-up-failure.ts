/** A reason not to start that the user can do something about. Its message is one line, printed as it is. */
export class StartUpFailure extends Error {
  override get name(): string {
    return 'StartUpFailure';
  }
}
