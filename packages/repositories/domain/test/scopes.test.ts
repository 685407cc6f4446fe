import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type DomainRepository, domainScope } from '../src/index.js';
import { nobody } from './fixture/domains.js';

describe('the scope of a domain', () => {
  it('is its name, which new rows are stamped with', () => {
    const scope = domainScope(nobody);

    expect(scope.toConditions()).toEqual([{ name: { eq: nobody } }]);
    expect(scope.stamp).toEqual({ name: nobody });
  });

  it('refuses no name at all', () => {
    for (const nothing of [undefined, null, '']) expect(() => domainScope(nothing as never)).toThrow(Misuse);
  });

  it('does not do to change the default: that does not compile', () => {
    const wrong = (domains: DomainRepository): unknown[] => [
      // @ts-expect-error -- the default concerns all tenants
      domains.setDefault(domainScope(nobody), nobody),
      // @ts-expect-error -- a scope is needed
      domains.get(nobody),
    ];

    expect(wrong).toBeInstanceOf(Function);
  });
});
