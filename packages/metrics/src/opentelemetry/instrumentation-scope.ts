/** What spans and metrics of this package are marked with; the version is that of its package.json. */
export const SCOPE = { name: '@holdfast/metrics', version: '0.0.0' } as const;
