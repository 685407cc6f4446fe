import {
  type EventSource,
  observeOperations,
  type OperationEnded,
  type OperationEvent,
  type OperationExecuted,
} from '@holdfast/operation';
import type { Attributes, Meter } from '@opentelemetry/api';
import { DurationHistogram } from './duration-histogram.js';
import { errorType } from './error-type.js';
import { sqlStateOf } from './sql-state.js';

export interface OpenTelemetryObserverArgs {
  /** What makes the metrics. Default: a meter of the provider that the application has registered, or registers later. */
  readonly meter?: Meter;
  /** Records only events that were published under this object. Default: all events of the process. */
  readonly source?: EventSource;
  /**
   * Records `db.client.operation.duration` for every operation of a Database. Default false: instrumentations of pg do so
   * for every statement, and both together would count twice.
   */
  readonly emitDbClientMetrics?: boolean;
}

/**
 * Records the durations of the operations of all layers from the moment it is made, by the metrics API of OpenTelemetry:
 * `repository.operation.duration`, and `db.client.operation.duration` where it is asked for. Both are histograms of seconds
 * with `error.type` where the operation failed, so that they count operations and errors too.
 */
export class OpenTelemetryObserver {
  readonly #source: EventSource;
  readonly #durations: DurationHistogram;
  readonly #clientDurations: DurationHistogram | null;
  readonly #stop: () => void;

  constructor(args: OpenTelemetryObserverArgs = {}) {
    const { meter = null, source = null, emitDbClientMetrics = false } = args;
    this.#source = source;
    this.#durations = new DurationHistogram(
      'repository.operation.duration',
      'Duration of operations of a layer, retries included.',
      meter,
    );
    this.#clientDurations = emitDbClientMetrics
      ? new DurationHistogram('db.client.operation.duration', 'Duration of database client operations.', meter)
      : null;
    this.#stop = observeOperations((event) => this.#record(event));
  }

  /** Stops recording. Stopping again does nothing. */
  stop(): void {
    this.#stop();
  }

  #record(event: OperationEvent): void {
    if (this.#source !== null && event.source !== this.#source) return;
    if (event.kind === 'ended') this.#durations.record(event.durationMs, ofLayer(event));
    else if (event.kind === 'executed') this.#clientDurations?.record(event.durationMs, ofClient(event));
  }
}

function ofLayer({ at, operation, error }: OperationEnded): Attributes {
  const labels = { 'holdfast.domain': at.domain, 'holdfast.layer': at.layer, 'holdfast.operation': operation };
  return error === null ? labels : { ...labels, 'error.type': errorType(error) };
}

/** By the conventions for database clients, whose type of an error is the SQLSTATE where there is one. */
function ofClient({ operation, entity, error }: OperationExecuted): Attributes {
  const attributes: Attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation };
  if (entity !== null) attributes['db.collection.name'] = entity;
  if (error === null) return attributes;
  const sqlState = sqlStateOf(error);
  if (sqlState !== null) attributes['db.response.status_code'] = sqlState;
  attributes['error.type'] = sqlState ?? errorType(error);
  return attributes;
}
