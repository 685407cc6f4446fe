import { describe, expect, it } from '@jest/globals';
import { expressionShape } from './support/expression-shape.js';
import type { Series } from './support/series.js';

const known = new Map<string, Series>([
  ['calls', { kind: 'counter', labels: ['job', 'layer', 'success'] }],
  ['seconds_bucket', { kind: 'bucket', labels: ['job', 'layer', 'le'] }],
  ['room', { kind: 'gauge', labels: ['job', 'state'] }],
  ['ratio', { kind: 'recorded', labels: ['job'] }],
]);

describe('an expression is refused', () => {
  it.each([
    ['that cannot be parsed', 'sum(rate(calls[5m])', 'cannot be parsed'],
    ['with a name that nobody exports', 'rate(call[5m])', 'No such series: call'],
    ['that selects by no name', 'rate({job="a"}[5m])', 'selects by no name'],
    ['with a label that the metric does not have', 'rate(calls{layers="a"}[5m])', 'no label layers'],
    ['with a value that a label never has', 'room{state=~"open|half_open"}', 'never half_open'],
    ['that shows a counter as it is', 'calls', 'shown as it is'],
    ['that adds counters up before it takes their rate', 'sum by (job) (calls)', 'before it is rated'],
    ['that compares a counter', 'calls > 5', 'before it is rated'],
    ['that takes the rate of a gauge', 'rate(room[5m])', 'of no counter'],
    ['that takes the rate of a moment', 'rate(calls)', 'of no counter'],
    [
      'that takes a quantile of buckets since the start',
      'histogram_quantile(0.9, sum by (le) (seconds_bucket))',
      'before it is rated',
    ],
    ['that takes it without adding up', 'histogram_quantile(0.9, seconds_bucket)', 'shown as it is'],
    ['that takes a quantile of no buckets', 'histogram_quantile(0.9, rate(calls[5m]))', 'of no buckets'],
    ['that adds buckets up', 'histogram_quantile(0.9, sum by (job) (rate(seconds_bucket[5m])))', 'added up'],
    ['that groups by a label that is not there', 'sum by (layer) (room)', 'no label layer'],
    ['that groups by what was taken away', 'sum by (layer) (sum by (job) (rate(calls[5m])))', 'no label layer'],
    ['that groups without labels', 'sum without (job) (room)', 'Say by which labels'],
    ['whose sides have other labels', 'sum by (job, layer) (rate(calls[5m])) / sum by (job) (room)', 'other labels'],
    ['that matches by hand', 'room / on (job) ratio', 'Aggregate both sides'],
    ['that offsets more than it seems to', 'ratio unless ratio offset 5m', 'in brackets'],
    ['with a function that nobody has thought about', 'delta(room[5m])', 'no rule for delta'],
  ])('%s', (_, expression, why) => {
    expect(() => expressionShape(expression, known)).toThrow(why);
  });
});

describe('an expression is understood', () => {
  it.each([
    ['histogram_quantile(0.9, sum by (layer, le) (rate(seconds_bucket{job=~"a"}[5m])))', ['layer']],
    ['sum by (job) (rate(calls{success="false"}[5m])) / (sum by (job) (rate(calls[5m])) > 0) > 0.1', ['job']],
    ['ratio > 2 * scalar(ratio) and sum by (job) (room) > 1', ['job']],
    ['sum by (job) (increase(calls[5m]) > 0 or (calls > 0 unless (calls offset 5m)))', ['job']],
    ['sum(room) or vector(0)', []],
  ])('%s', (expression, labels) => {
    expect([...expressionShape(expression, known).labels]).toEqual(labels);
  });
});
