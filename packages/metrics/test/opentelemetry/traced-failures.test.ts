import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityNotFound, errorCode, HoldfastError, Misuse } from '@holdfast/errors';
import { Resilience } from '@holdfast/resilience';
import { SpanStatusCode } from '@opentelemetry/api';
import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { failed, failing, unavailable } from './failing-work.js';
import { RecordedSpans, textOf, unset } from './recorded-spans.js';

let spans: RecordedSpans;

beforeAll(() => {
  spans = RecordedSpans.register();
});

afterEach(() => spans.clear());

afterAll(() => spans.unregister());

const layer = { domain: 'repository', layer: 'session_repository' } as const;
const traced = new Resilience({ policies: [new TracingPolicy({ layer })] });

describe('the span of a call that fails', () => {
  it('has the status ERROR, the sentence for people and the code as the type of the error', async () => {
    const error = unavailable();

    expect(await failed(traced.execute('get', failing(error)))).toBe(error);

    const { status, attributes, events } = spans.one('session_repository.get');
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'The database is not available.' });
    expect(attributes).toMatchObject({ 'error.type': 'database_access_unavailable' });
    expect(events).toEqual([]);
  });

  it('says the SQLSTATE where the database answered with one', async () => {
    await failed(traced.execute('get', failing(Object.assign(unavailable(), { sqlState: '40P01' }))));

    expect(spans.one('session_repository.get').attributes).toMatchObject({ 'holdfast.sql_state': '40P01' });
  });

  it('shows the name of a foreign error and nothing else of it', async () => {
    const secret = 'INSERT INTO users VALUES (4711)';

    await failed(traced.execute('get', failing(Object.assign(new RangeError(secret), { sqlState: secret }))));

    const span = spans.one('session_repository.get');
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span.attributes).toMatchObject({ 'error.type': 'RangeError' });
    expect(textOf(span)).not.toContain('4711');
  });

  it('shows nothing of the error that one of ours was caused by', async () => {
    const cause = new Error('duplicate key value violates unique constraint "secret_key"');
    const code = errorCode('user', 'create', 'internal-error');

    await failed(traced.execute('get', failing(new HoldfastError({ code, message: 'It failed.', cause }))));

    expect(textOf(spans.one('session_repository.get'))).not.toContain('secret_key');
  });

  it.each([
    ['a string', 'SELECT 4711'],
    ['nothing', undefined],
    ['null', null],
    ['an error whose name is a sentence', Object.assign(new Error('x'), { name: 'user 4711 is unknown' })],
    [
      'an error whose fields cannot be read',
      Object.defineProperty(new Error('x'), 'name', {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
  ])('calls %s that was thrown an error of another type', async (_what, thrown) => {
    expect(await failed(traced.execute('get', failing(thrown)))).toBe(thrown);

    const span = spans.one('session_repository.get');
    expect(span.attributes['error.type']).toBe('_OTHER');
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(textOf(span)).not.toContain('4711');
  });

  it('has no status ERROR for an answer: what is not there is an answer too', async () => {
    await failed(traced.execute('get', failing(new EntityNotFound('user', 'No user 7.'))));

    const span = spans.one('session_repository.get');
    expect(span.status).toEqual(unset);
    expect(span.attributes).toMatchObject({ 'error.type': 'user_read_not-found' });
  });

  it('has it for a mistake in the program', async () => {
    await failed(traced.execute('get', failing(new Misuse('No scope.'))));

    expect(spans.one('session_repository.get').status).toEqual({ code: SpanStatusCode.ERROR, message: 'No scope.' });
  });

  it.each([
    ['as it is', undefined, 'backendai_generic_canceled'],
    ['with a reason', new RangeError('The client has gone.'), 'RangeError'],
  ])('has no status ERROR where the caller ended the call %s', async (_how, reason, type) => {
    const caller = new AbortController();
    const work = async (): Promise<void> => {
      caller.abort(reason);
      caller.signal.throwIfAborted();
    };

    await failed(traced.execute('get', work, { signal: caller.signal }));

    const span = spans.one('session_repository.get');
    expect(span.status).toEqual(unset);
    expect(span.attributes).toMatchObject({ 'error.type': type });
  });

  it('has it where the call failed with something else, though the caller had ended it', async () => {
    const caller = new AbortController();
    const work = async (): Promise<void> => {
      caller.abort();
      throw new RangeError('x');
    };

    await failed(traced.execute('get', work, { signal: caller.signal }));

    expect(spans.one('session_repository.get').status.code).toBe(SpanStatusCode.ERROR);
  });

  it('has it where the call took longer than the caller would wait', async () => {
    const timer = new AbortController(); // as AbortSignal.timeout does it
    const work = async (): Promise<void> => {
      timer.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      timer.signal.throwIfAborted();
    };

    await failed(traced.execute('get', work, { signal: timer.signal }));

    const span = spans.one('session_repository.get');
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span.attributes).toMatchObject({ 'error.type': 'backendai_generic_timeout' });
  });
});
