import { describe, expect, it } from '@jest/globals';
import { isHoldfastError } from '@holdfast/errors';
import {
  accessKey,
  agentId,
  domainId,
  domainName,
  kernelId,
  projectId,
  scalingGroupName,
  sessionId,
  userId,
} from '../src/index.js';

const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
const uuidKinds = { sessionId, kernelId, userId, projectId, domainId };
const nameKinds = { agentId, domainName, scalingGroupName };

function refusal(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    if (isHoldfastError(error)) return error.toProblem();
    throw error;
  }
  return null;
}

describe.each(Object.entries(uuidKinds))('%s', (name, make) => {
  it('hands out a UUID as it is', () => {
    expect(make(uuid)).toBe(uuid);
  });

  it('hands out the canonical lower-case form, so that equal ids are equal texts', () => {
    expect(make(uuid.toUpperCase())).toBe(uuid);
  });

  it.each(['', 'x', `${uuid} `, `{${uuid}}`, uuid.replaceAll('-', ''), `${uuid}0`, `g${uuid.slice(1)}`, `${uuid}\n`])(
    'refuses %j and names the pointer',
    (text) => {
      expect(refusal(() => make(text))).toMatchObject({ status: 400, reason: 'INVALID_ID', pointer: name });
      expect(refusal(() => make(text, '/body/ids/0'))).toMatchObject({ pointer: '/body/ids/0' });
    },
  );

  it.each([null, undefined, 1, {}])('refuses %p, which types would not have let pass', (value) => {
    expect(refusal(() => make(value as never))).toMatchObject({ reason: 'INVALID_ID' });
  });
});

describe.each(Object.entries(nameKinds))('%s', (name, make) => {
  it.each(['a', '0', 'Default', 'i-node01', 'openb-node-0000', 'a.b_c-d', 'x'.repeat(64)])('accepts %s', (text) => {
    expect(make(text)).toBe(text);
  });

  it.each(['', '-a', 'a-', '.', 'a b', 'ä', 'a/b', 'x'.repeat(65), 'a\n', "a'"])('refuses %j', (text) => {
    expect(refusal(() => make(text))).toMatchObject({ status: 400, reason: 'INVALID_ID', pointer: name });
  });
});

describe('accessKey', () => {
  it('accepts the key of the documentation', () => {
    expect(accessKey('AKIAIOSFODNN7EXAMPLE')).toBe('AKIAIOSFODNN7EXAMPLE');
  });

  it.each(['', 'abc', 'A'.repeat(41), 'AKIA EXAMPLE', 'AKIA/EXAMPLE', 'AKIA\n'])('refuses %j', (text) => {
    expect(refusal(() => accessKey(text))).toMatchObject({ status: 400, reason: 'INVALID_ID', pointer: 'accessKey' });
  });

  it('does not repeat a refused text, which may be a secret', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    expect(JSON.stringify(refusal(() => accessKey(secret)))).not.toContain(secret);
  });
});
