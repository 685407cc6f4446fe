import type { WriteOptions } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';

/** What a change of a kernel's status may be told. */
export interface KernelStatusOptions extends WriteOptions {
  /** Where the kernel is from then on; null takes its place away. Default: where it was, and nowhere once it waits. */
  readonly agentId?: AgentId | null;
}
