import type { DomainType, LayerType } from '@holdfast/operation';
import { MetricPolicy } from './metric/metric-policy.js';
import { Resilience } from './resilience.js';

/** The default stack of a source, `metrics(call)`: the repository above retries, so that retries do not multiply. */
export function sourceResilience(layer: LayerType, domain: DomainType = 'db_source'): Resilience {
  return new Resilience({ name: layer, policies: [new MetricPolicy({ domain, layer })] });
}
