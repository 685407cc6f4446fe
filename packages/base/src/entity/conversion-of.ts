import { type Conversion, freeze } from '@holdfast/querier';
import type { EntityMetadata, ValueTransformer } from 'typeorm';

type ColumnMetadata = EntityMetadata['columns'][number];

/** What TypeORM stores instead of a column's values: what its transformers say, and lists and documents in texts. */
export function conversionOf({ type, transformer, referencedColumn }: ColumnMetadata): Conversion | null {
  // A foreign key holds what the key that it references holds.
  const given = transformer ?? referencedColumn?.transformer ?? [];
  const transformers = Array.isArray(given) ? given : [given];
  const inText = type === 'simple-array' ? listInText : type === 'simple-json' ? documentInText : null;
  if (transformers.length === 0) return inText;
  return transformed(transformers, inText);
}

/** Of several transformers the first is the outermost. They are asked about null too, as TypeORM asks them. */
function transformed(transformers: readonly ValueTransformer[], inText: Conversion | null): Conversion {
  return {
    ofNull: true,
    to(value) {
      const stored = transformers.reduce<unknown>((inner, one) => one.to(inner), value);
      return inText === null || stored === null || stored === undefined ? stored : inText.to(stored);
    },
    from(stored) {
      const inner = inText === null || stored === null ? stored : inText.from(stored);
      return transformers.reduceRight<unknown>((value, one) => one.from(value), inner);
    },
  };
}

/** `simple-array`: texts with commas in between, so that none may have one of its own. */
const listInText: Conversion = {
  ofNull: false,
  to(value) {
    const items = Array.isArray(value) ? Array.from(value as unknown[]) : null;
    const isList = items?.every((item) => (typeof item === 'string' && !item.includes(',')) || Number.isFinite(item));
    if (items === null || isList !== true) throw new TypeError('A list of texts without commas is needed.');
    const text = items.join(',');
    if (text === '' && items.length > 0) throw new TypeError('A list of one empty text would read as an empty list.');
    return text;
  },
  from: (stored) => freeze(stored === '' ? [] : (stored as string).split(',')),
};

/** `simple-json`. */
const documentInText: Conversion = {
  ofNull: false,
  to(value) {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new TypeError('JSON is needed.');
    return text;
  },
  from: (stored) => freeze(JSON.parse(stored as string) as unknown),
};
