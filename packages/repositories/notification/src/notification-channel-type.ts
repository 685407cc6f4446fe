/** How a channel carries messages. The values are the original's. */
export const NotificationChannelType = Object.freeze({
  WEBHOOK: 'webhook',
  EMAIL: 'email',
});

export type NotificationChannelType = (typeof NotificationChannelType)[keyof typeof NotificationChannelType];
