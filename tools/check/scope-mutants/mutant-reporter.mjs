// One line for each mutant as soon as it is known, and the whole as JSON for the check.
import { writeFileSync } from 'node:fs';

export default class MutantReporter {
  onTestCaseResult(_test, { title, status, duration }) {
    console.log(`${status === 'passed' ? '✓' : '✗'} ${title}  ${((duration ?? 0) / 1000).toFixed(1)} s`);
  }

  onRunComplete(_contexts, { testResults }) {
    const results = testResults.flatMap(({ testResults: tests, failureMessage }) =>
      tests.length > 0
        ? tests.map(({ title, status, failureMessages }) => ({ title, status, message: failureMessages.join('\n') }))
        : [{ title: 'the mutants run', status: 'failed', message: failureMessage }],
    );
    writeFileSync(process.env.HOLDFAST_MUTANT_RESULTS, JSON.stringify(results));
  }
}
