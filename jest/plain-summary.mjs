// The last lines of a run: the skipped tests, whose titles say why, and `N passed, N failed`.
export default class PlainSummary {
  #chosenByName;

  constructor({ testNamePattern }) {
    this.#chosenByName = Boolean(testNamePattern);
  }

  onRunComplete(_contexts, results) {
    const tests = results.testResults.flatMap((file) => file.testResults);
    const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
    if (!this.#chosenByName) for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
    // A file that does not even load has no tests that could fail.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    console.log(`${results.numPassedTests} passed, ${failed} failed${tail}`);
  }
}
