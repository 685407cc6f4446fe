/** Whether the kernels of a session share one agent. The values are the original's. */
export const ClusterMode = Object.freeze({
  SINGLE_NODE: 'single-node',
  MULTI_NODE: 'multi-node',
});

export type ClusterMode = (typeof ClusterMode)[keyof typeof ClusterMode];
