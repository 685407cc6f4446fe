import { jest } from '@jest/globals';

/** The texts of the process warnings with this code that come of `work`. */
export async function warned(code: string, work: () => Promise<void>): Promise<readonly string[]> {
  const texts: string[] = [];
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation((text: unknown, options: unknown) => {
    if ((options as { readonly code: string }).code === code) texts.push(String(text));
  });
  try {
    await work();
    return texts;
  } finally {
    warnings.mockRestore();
  }
}
