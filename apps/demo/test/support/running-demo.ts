import { type Application, startApplication, type Surroundings } from '../../src/application.js';
import type { Configuration } from '../../src/configuration.js';

/** What a REST call came to. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. Loosely typed on purpose: tests look at what is really there. */
  readonly body: Record<string, unknown>;
}

export interface RunningDemo extends Application {
  /** What it printed. */
  readonly printed: () => string;
  readonly complaints: () => string;
  /** A REST call with an access key; a body makes it a POST, unless a method is given. */
  call(key: string | null, path: string, body?: unknown, method?: string): Promise<Answer>;
}

/** A demo inside of this process, on any free port. */
export async function runDemo(
  configuration: Partial<Configuration>,
  surroundings: Pick<Surroundings, 'emails'> = {},
): Promise<RunningDemo> {
  let output = '';
  let errors = '';
  const application = await startApplication(
    {
      port: 0,
      databaseUrl: null,
      trace: null,
      skipBadLines: false,
      notifications: { secretKeys: null, toPrivateAddresses: false },
      ...configuration,
    },
    { ...surroundings, output: { write: (text) => (output += text) }, errors: { write: (text) => (errors += text) } },
  );
  if (application === null) throw new Error('The start was ended.');
  const { address } = application;
  return {
    ...application,
    printed: () => output,
    complaints: () => errors,
    async call(key, path, body, method = body === undefined ? 'GET' : 'POST') {
      const response = await fetch(address + path, {
        method,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
      };
    },
  };
}
