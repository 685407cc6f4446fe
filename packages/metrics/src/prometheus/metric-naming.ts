/** How metrics are named: as in the documents that the layer metrics come from, or as Prometheus recommends. */
export type MetricNaming = 'seeds' | 'conventional';
