import { capture } from './capture.mjs';

/** Builds every package; throws with the compiler's errors. */
export async function buildPackages(root) {
  const built = await capture('turbo', ['run', 'build', '--output-logs=errors-only', '--filter=./packages/**'], {
    cwd: root,
  });
  if (built.code === 0) return;
  const errors = built.stdout.split('\n').filter((line) => line.includes('error TS'));
  throw new Error(['the build failed:', ...(errors.length > 0 ? errors : [built.stdout, built.stderr])].join('\n'));
}
