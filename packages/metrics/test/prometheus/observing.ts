import { afterEach } from '@jest/globals';
import { PrometheusObserver, type PrometheusObserverArgs } from '@holdfast/metrics/prometheus';
import { Registry } from 'prom-client';

const observers: PrometheusObserver[] = [];

afterEach(() => {
  for (const observer of observers.splice(0)) observer.stop();
});

/** A registry that an observer shows its metrics on until the test has ended. */
export function observing(args: Omit<PrometheusObserverArgs, 'register'> = {}): Registry {
  const register = new Registry();
  observers.push(new PrometheusObserver({ register, ...args }));
  return register;
}

/** The lines of one metric, as labels → value. Its name is given without the prefix. */
export async function lines(register: Registry, name: string): Promise<Record<string, number>> {
  const metric = `backendai_${name}`;
  const page = await register.getSingleMetricAsString(metric);
  const values = page.split('\n').filter((line) => !line.startsWith('#'));
  return Object.fromEntries(
    values.map((line) => [line.slice(metric.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}
