/** How our TypeScript becomes JavaScript, wherever a test makes it run. */
export const jsc = {
  target: 'es2022',
  parser: { syntax: 'typescript', decorators: true },
  transform: { decoratorVersion: '2022-03', useDefineForClassFields: true },
  keepClassNames: true,
};

/** The same where decorators are legacy ones: entities as users of TypeORM write them. */
export const legacyJsc = { ...jsc, transform: { legacyDecorator: true, useDefineForClassFields: false } };
