import type { CallEvent } from '@holdfast/operation';
import type { Attributes } from '@opentelemetry/api';
import { errorAttributes } from './error-attributes.js';

/** What happened on the way of a call, as an event of its span. Names its errors by type, and none of their texts. */
export function spanEvent(event: CallEvent): { readonly name: string; readonly attributes: Attributes } {
  switch (event.kind) {
    case 'retried':
      return { name: 'retry', attributes: anew(event) };
    case 'replayed':
      return { name: 'replay', attributes: anew(event) };
    case 'given-up': {
      const { attempts, reason, error } = event;
      const facts = { 'holdfast.attempts': attempts, 'holdfast.reason': reason };
      return { name: 'given-up', attributes: { ...facts, ...errorAttributes(error) } };
    }
    case 'timed-out':
      return { name: 'timed-out', attributes: { 'holdfast.timeout_ms': event.timeoutMs } };
    case 'rejected':
      return { name: 'rejected', attributes: { 'holdfast.policy': event.policy, ...errorAttributes(event.error) } };
    case 'fell-back':
      return { name: 'fell-back', attributes: errorAttributes(event.error) };
    case 'breaker-changed': {
      const { breaker, from, to } = event;
      const facts = { 'holdfast.breaker': breaker, 'holdfast.breaker.from': from, 'holdfast.breaker.to': to };
      return { name: 'breaker-changed', attributes: facts };
    }
  }
}

/** Of an attempt that failed, and is followed by another one. */
function anew(event: { readonly attempt: number; readonly delayMs: number; readonly error: unknown }): Attributes {
  return { 'holdfast.attempt': event.attempt, 'holdfast.delay_ms': event.delayMs, ...errorAttributes(event.error) };
}
