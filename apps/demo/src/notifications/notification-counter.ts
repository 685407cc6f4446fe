import { Counter, type Registry } from 'prom-client';
import type { NotificationOutcome } from './notification-dispatcher.js';

/** Counts what became of messages, for `/metrics`. */
export function notificationCounter(registry: Registry): (outcome: NotificationOutcome) => void {
  const counter = new Counter({
    name: 'demo_notifications_total',
    help: 'Messages of notification rules, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return (outcome) => counter.inc({ outcome });
}
