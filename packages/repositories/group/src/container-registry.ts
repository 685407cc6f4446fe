/** Where a group's images are: a registry, and the project in it. */
export interface ContainerRegistry {
  readonly registry: string;
  readonly project: string;
}
