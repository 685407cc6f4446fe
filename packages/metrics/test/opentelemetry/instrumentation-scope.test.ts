import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Resilience } from '@holdfast/resilience';
import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { RecordedSpans } from './recorded-spans.js';

describe('the scope of spans', () => {
  it('is this package in this version', async () => {
    const spans = RecordedSpans.register();
    const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8'));

    await new Resilience({ policies: [new TracingPolicy()] }).execute('get', async () => undefined);
    const { name, version } = spans.one('get').instrumentationScope;
    await spans.unregister();

    expect(manifest).toMatchObject({ name, version });
  });
});
