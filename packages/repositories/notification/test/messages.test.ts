import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MessageNotRenderable,
  NOTIFICATION_VARIABLES,
  type NotificationVariables,
  renderMessage,
  renderSubject,
} from '../src/index.js';
import { checkMessageTemplate } from '../src/message-template.js';

const variables: NotificationVariables<'session.started'> = {
  ruleType: 'session.started',
  ruleName: 'a rule',
  domainName: 'north',
  occurredAt: '2026-11-22T12:00:00.000Z',
  sessionId: '00000000-0000-4000-8000-000000000001',
  sessionName: 'training',
  sessionType: 'batch',
  clusterMode: 'single-node',
  status: 'RUNNING',
  projectId: null,
  userId: null,
  scalingGroupName: 'default',
};

const render = (template: string, contentType: string, values: object = {}): string =>
  renderMessage({ template, ruleType: 'session.started', contentType, variables: { ...variables, ...values } });
const refusal = (template: string): unknown => {
  try {
    checkMessageTemplate(template, NOTIFICATION_VARIABLES['session.started'], '/messageTemplate');
  } catch (error) {
    return error;
  }
  return null;
};

describe('message templates', () => {
  it.each([
    'plain text',
    '',
    '{{sessionName}} {{ sessionName }}',
    '{{#status}}{{sessionName}}{{/status}}{{^projectId}}none{{/projectId}}{{! a comment }}',
    '{ not a tag }',
  ])('may be %p', (template) => {
    expect(refusal(template)).toBeNull();
  });

  it.each([
    ['{{sessionName', 'INVALID_VALUE'],
    ['{{#status}}', 'INVALID_VALUE'],
    ['{{/status}}', 'INVALID_VALUE'],
    ['{{#status}}{{/sessionName}}', 'INVALID_VALUE'],
    ['{{}}', 'UNKNOWN_FIELD'],
    ['{{{sessionName}}}', 'INVALID_VALUE'],
    ['{{&sessionName}}', 'INVALID_VALUE'],
    ['{{> partial}}', 'INVALID_VALUE'],
    ['{{=<% %>=}}<% sessionName %>', 'INVALID_VALUE'],
    ['{{#status}}{{> partial}}{{/status}}', 'INVALID_VALUE'],
    ['{{result}}', 'UNKNOWN_FIELD'],
    ['{{#status}}{{secret}}{{/status}}', 'UNKNOWN_FIELD'],
    ['{{sessionName.length}}', 'UNKNOWN_FIELD'],
    ['{{constructor}}', 'UNKNOWN_FIELD'],
    ['{{__proto__}}', 'UNKNOWN_FIELD'],
    ['{{.}}', 'UNKNOWN_FIELD'],
    ['x'.repeat(16_385), 'LIMIT_EXCEEDED'],
    [null as never, 'INVALID_VALUE'],
  ])('may not be %.40p', (template, reason) => {
    expect(refusal(template)).toMatchObject({ name: 'InvalidInput', reason, pointer: '/messageTemplate' });
  });

  it('that speak of what is not known are told what is', () => {
    expect(refusal('{{sessionNam}}')).toMatchObject({ message: expect.stringContaining('sessionName, sessionType') });
  });

  it('are all that is looked at, whatever text they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('{{', '}}', '{{#status}}', '{{/status}}', '{{=', ''), (text, tag) => {
        const error = refusal(text + tag + text);
        expect(error === null || (error as Error).name === 'InvalidInput').toBe(true);
      }),
    );
  });
});

describe('messages', () => {
  const text = fc.string({ unit: 'grapheme' });

  it('of JSON hold every value as it is, and nothing else of it', () => {
    fc.assert(
      fc.property(text, fc.integer(), (sessionName, sessionType) => {
        const message = render('{ "a": "<{{sessionName}}>", "b": {{sessionType}} }', 'application/json', {
          sessionName,
          sessionType,
        });
        expect(JSON.parse(message)).toEqual({ a: `<${sessionName}>`, b: sessionType });
      }),
    );
  });

  it('of forms hold every value as it is, and nothing else of it', () => {
    fc.assert(
      fc.property(text, (sessionName) => {
        const message = render('a={{sessionName}}&b=c', 'application/x-www-form-urlencoded', { sessionName });
        expect([...new URLSearchParams(message)]).toEqual([
          ['a', sessionName],
          ['b', 'c'],
        ]);
      }),
    );
  });

  it.each([
    ['application/json', '", "admin": "yes', '"\\", \\"admin\\": \\"yes"'],
    ['application/problem+json; charset=utf-8', '\n', '"\\n"'],
    ['text/html', '<script>"&', '"&lt;script&gt;&quot;&amp;"'],
    ['application/atom+xml', '</a>', '"&lt;&#x2F;a&gt;"'],
    ['text/plain', '<"&', '"<"&"'],
    ['text/markdown; charset=UTF-8', '*', '"*"'],
  ])('of %s take %p for a value', (contentType, sessionName, expected) => {
    expect(render('"{{sessionName}}"', contentType, { sessionName })).toBe(expected);
  });

  it('leave out what is null, and tell zero and false', () => {
    expect(render('{{projectId}}|{{#projectId}}x{{/projectId}}|{{status}}', 'text/plain', { status: 0 })).toBe('||0');
    expect(render('{{status}}', 'text/plain', { status: false })).toBe('false');
  });

  it('run nothing that was given for a value, and look at nothing inherited', () => {
    const values = { sessionName: () => 'called', status: { toString: () => 'called' }, projectId: ['x'] };

    expect(render('{{sessionName}}{{status}}{{projectId}}', 'text/plain', values)).toBe('');
    const inherited = Object.create({ ...variables, userId: 'inherited' }) as typeof variables;
    const message = { template: '{{userId}}', contentType: 'text/plain', variables: inherited };
    expect(renderMessage({ ...message, ruleType: 'session.started' })).toBe('');
  });

  it('that should be JSON and are not are refused', () => {
    const unquoted = () => render('{ "a": {{sessionName}} }', 'application/json', { sessionName: '1, "admin": true' });

    expect(unquoted).toThrow(MessageNotRenderable);
    expect(unquoted).toThrow(expect.objectContaining({ code: 'notification_execute_invalid-data-format' }));
    expect(() => render('{{sessionName}} has started', 'application/json')).toThrow(MessageNotRenderable);
  });

  it('are checked again when they are made', () => {
    expect(() => render('{{result}}', 'text/plain')).toThrow(expect.objectContaining({ reason: 'UNKNOWN_FIELD' }));
  });
});

describe('subjects', () => {
  it('are one line, whatever their variables hold', () => {
    const subject = renderSubject('[{{domainName}}] {{ruleName}}', {
      ...variables,
      ruleName: 'a\r\nBcc: everybody@example.org\0',
    });

    expect(subject).toBe('[north] a Bcc: everybody@example.org ');
  });
});
