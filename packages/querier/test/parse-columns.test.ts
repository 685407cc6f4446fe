import { describe, expect, it } from '@jest/globals';
import { type FieldSet, fields } from '../src/index.js';

interface ParcelRow {
  readonly id: string;
  readonly kind: string;
  readonly weight: number;
  readonly secret: string;
  readonly sender?: SenderRow;
}
interface SenderRow {
  readonly name: string;
}

const senderFields = fields<SenderRow>({ name: { type: 'text', operators: ['eq'] } });
const parcelFields: FieldSet<ParcelRow> = fields<ParcelRow, 'type'>({
  id: { type: 'uuid' },
  type: { type: 'text', column: 'kind' },
  kind: { type: 'text' },
  weight: { type: 'number' },
  secret: { type: 'text', selected: false, operators: ['eq'] },
  sender: { relation: 'sender', operators: ['exists'], fields: () => senderFields },
});

describe('the columns that names of fields ask for', () => {
  it('are those that the fields stand for, in the order of the names', () => {
    const columns = parcelFields.parseColumns(['weight', 'type', 'id']);
    expect(columns).toEqual(['weight', 'kind', 'id']);
    expect(Object.isFrozen(columns)).toBe(true);
  });

  it.each([
    [['id', 'nothing'], 'UNKNOWN_FIELD', '/columns/1'],
    [['constructor'], 'UNKNOWN_FIELD', '/columns/0'],
    [['secret'], 'UNKNOWN_FIELD', '/columns/0'],
    [['id', 'sender'], 'UNKNOWN_FIELD', '/columns/1'],
    [['id', 7], 'UNKNOWN_FIELD', '/columns/1'],
    [['id', 'weight', 'id'], 'DUPLICATE_PARAMETER', '/columns/2'],
    [['type', 'kind'], 'DUPLICATE_PARAMETER', '/columns/1'],
    [[], 'MISSING_VALUE', '/columns'],
    ['id', 'INVALID_VALUE', '/columns'],
    [null, 'INVALID_VALUE', '/columns'],
  ])('are refused of %j', (names, reason, pointer) => {
    expect(() => parcelFields.parseColumns(names)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', reason, pointer }),
    );
  });

  it('are refused as the door calls them', () => {
    expect(() => parcelFields.parseColumns(['no'], 'columns')).toThrow(
      expect.objectContaining({ pointer: 'columns/0' }),
    );
  });
});
