import { type CreatorSpec, newId } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import { metadataOf } from './execution-metadata.js';
import type { ExecutionMetricCreationSpec } from './execution-metric-creation-spec.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { EXECUTION_METRIC_TYPES } from './execution-metric-type.js';
import { tagsOf } from './execution-tags.js';
import { metricIdentity } from './metric-identity.js';

const given: ReadonlySet<string> = new Set<keyof ExecutionMetricCreationSpec>([
  'id',
  'domainName',
  'userUuid',
  'executionId',
  'name',
  'type',
  'bounds',
  'unit',
  'tags',
  'metadata',
]);

const LONGEST_NAME = 250;
const MOST_BOUNDS = 200;

/** The row of a new metric. Throws `InvalidInput` for what is none. */
export function executionMetricCreator(spec: ExecutionMetricCreationSpec): CreatorSpec<ExecutionMetricRow> {
  checkMembers(spec, given);
  if (!EXECUTION_METRIC_TYPES.includes(spec.type)) {
    throw new InvalidInput('INVALID_VALUE', 'No type of a metric.', '/type');
  }
  if (typeof spec.name !== 'string' || spec.name === '' || spec.name.length > LONGEST_NAME) {
    throw new InvalidInput('INVALID_VALUE', `A metric has a name of 1 to ${LONGEST_NAME} characters.`, '/name');
  }
  const tags = tagsOf(spec.tags ?? {});
  const minted = spec.id === undefined ? [newId()] : [];
  return {
    minted,
    values: {
      id: spec.id ?? (minted[0] as ExecutionMetricId),
      executionId: spec.executionId ?? null,
      name: spec.name,
      type: spec.type,
      bounds: boundsOf(spec),
      unit: spec.unit ?? null,
      tags,
      metadata: metadataOf(spec.metadata ?? {}),
      identity: metricIdentity(spec),
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
      ...(spec.userUuid !== undefined && { userUuid: spec.userUuid }),
    },
  };
}

function boundsOf({ type, bounds }: ExecutionMetricCreationSpec): number[] | null {
  if (type !== 'histogram') {
    if (bounds === undefined) return null;
    throw new InvalidInput('INVALID_VALUE', 'Only a histogram has bounds.', '/bounds');
  }
  const isOne =
    Array.isArray(bounds) &&
    bounds.length > 0 &&
    bounds.length <= MOST_BOUNDS &&
    (bounds as readonly number[]).every((bound, i, all) => Number.isFinite(bound) && (i === 0 || all[i - 1]! < bound));
  if (isOne) return [...(bounds as readonly number[])];
  throw new InvalidInput('INVALID_VALUE', `A histogram has 1 to ${MOST_BOUNDS} bounds that grow.`, '/bounds');
}
