/** The kind of layer that an operation belongs to; the `domain` label of the layer metrics. */
export type DomainType = 'repository' | 'db_source' | 'cache_source' | 'client' | 'valkey';

/** The name of a layer, e.g. `session_repository`. Each package names its own. */
export type LayerType = string;

/** Where an operation runs. */
export interface OperationLayer {
  readonly domain: DomainType;
  readonly layer: LayerType;
}
