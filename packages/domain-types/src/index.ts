export { accessKey } from './access-key.js';
export { agentId } from './agent-id.js';
export { domainId } from './domain-id.js';
export { domainName } from './domain-name.js';
export { kernelId } from './kernel-id.js';
export { projectId } from './project-id.js';
export { resourceSlot } from './resource-slot.js';
export {
  addSlots,
  slotsAreEqual,
  slotsAreZero,
  slotsFit,
  subtractSlots,
  sumSlots,
} from './resource-slot-arithmetic.js';
export { scalingGroupName } from './scaling-group-name.js';
export { sessionId } from './session-id.js';
export { userId } from './user-id.js';
export { vfolderId } from './vfolder-id.js';

export type { AccessKey } from './access-key.js';
export type { AgentId } from './agent-id.js';
export type { DomainId } from './domain-id.js';
export type { DomainName } from './domain-name.js';
export type { KernelId } from './kernel-id.js';
export type { ProjectId } from './project-id.js';
export type { ResourceSlot } from './resource-slot.js';
export type { ScalingGroupName } from './scaling-group-name.js';
export type { SessionId } from './session-id.js';
export type { UserId } from './user-id.js';
export type { VfolderId } from './vfolder-id.js';

// For packages that add ids of their own, or read rows.
export { nameText } from './name-text.js';
export { resourceSlotFromRow } from './resource-slot.js';
export { uuidText } from './uuid-text.js';

export type { Branded } from './branded.js';
