#!/usr/bin/env node
import { writeObservabilityFiles } from './write-observability-files.js';

try {
  process.stdout.write(writeObservabilityFiles(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
