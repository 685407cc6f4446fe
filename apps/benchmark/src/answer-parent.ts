/** Answers the questions of the process that forked this one, until that goes away. */
export function answerParent<Question extends object, Answer extends object>(
  answer: (question: Question) => Promise<Answer>,
  close: () => Promise<void>,
): void {
  process.on('message', (question: Question) => {
    answer(question).then(
      (result) => process.send!(result),
      (error: unknown) => process.send!({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on('disconnect', () => void close().then(() => process.exit(0)));
  process.send!({ ready: true });
}
