import type { WriteOptions } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';

/** What a report of what a kernel uses may be told. */
export interface OccupyOptions extends WriteOptions {
  /** Who reports: it counts while the kernel is on that agent. Default: wherever the kernel is. */
  readonly agentId?: AgentId;
}
