import { describe, expect, it } from '@jest/globals';
import { connectionError } from '../../src/errors/connection-error.js';
import { driverError } from '../../src/errors/driver-error.js';
import type { Phase } from '../../src/errors/phase.js';
import { factsOf } from '../fixture/facts-of.js';

// What neither a server nor a network can be made to do when a test wants it: errors as pg and Node make them.

const ofServer = (code: string, severity: string): Error =>
  Object.assign(new Error('as it is said there'), { code, severity });
const ofSocket = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall, errno: -1 });
const known = (error: Error, phase: Phase): string => factsOf(driverError(error, phase), phase);

const LOST = 'ConnectionLost, not-committed, again, ends, evicts';
const UNKNOWN = 'AmbiguousCommitError, unknown, ends, evicts';
const UNAVAILABLE = 'DatabaseUnavailable, not-committed, again, ends';

describe('errors of the server', () => {
  it('57P02: another of its processes crashed', () => {
    expect(known(ofServer('57P02', 'FATAL'), 'open')).toBe(LOST);
    expect(known(ofServer('57P02', 'FATAL'), 'committing')).toBe(UNKNOWN);
  });

  it('57P04: the database was dropped', () => {
    expect(known(ofServer('57P04', 'FATAL'), 'open')).toBe('DatabaseUnavailable, not-committed, ends');
    expect(known(ofServer('57P04', 'FATAL'), 'committing')).toBe('AmbiguousCommitError, unknown, ends');
  });

  it('otherLoss: what ended a connection without a word that is known', () => {
    expect(known(ofServer('HF000', 'FATAL'), 'open')).toBe('ConnectionLost, not-committed, again, ends');
    expect(known(ofServer('HF000', 'FATAL'), 'committing')).toBe('AmbiguousCommitError, unknown, ends');
  });

  it.each(['XX000', '53200', '58030', '40001', '42501', '28000'])(
    'nothing is known of a commit that %s ended the connection with',
    (code) => {
      for (const severity of ['FATAL', 'PANIC']) {
        expect(known(ofServer(code, severity), 'committing')).toBe('AmbiguousCommitError, unknown, ends');
      }
    },
  );

  it.each([
    ...['25P03: ', '25P04: ', '57P01: ', '57P02: ', '57P03: ', '57P04: ', '57P05: ', '53300: '],
    // Of these each is possible, and the worse one is assumed.
    ...['28: 000', '3D000: ', '40003: ', '53: 200', '53100: ', '53400: ', '58: 030', 'XX: 000'],
    '08P01: query_wait_timeout',
    '08P01: no more connections allowed (max_client_conn)',
    '08P01: unsupported startup parameter: options',
    '08P01: server conn crashed?',
  ])('%s ends the connection, whatever the language of the server', (title) => {
    const [code, rest] = title.split(': ') as [string, string];
    const state = (code + rest).slice(0, 5);
    const error = Object.assign(new Error(rest), { code: state, severity: 'ВАЖНО' });
    expect(known(error, 'reading')).toMatch(/, ends\b/);
  });

  it.each([
    ['23505', 'FEHLER', 'UniqueViolation, not-committed'],
    ['40001', 'FEHLER', 'SerializationFailure, not-committed, again'],
    ['42P01', 'FEHLER', 'DatabaseError, not-committed'],
    ['57P01', 'ВАЖНО', UNKNOWN],
    ['XX000', 'ПАНИКА', 'AmbiguousCommitError, unknown, ends'],
    ['XX000', 'ERROR', 'DatabaseError, not-committed'],
  ])('the language of the server makes no difference to %s (%s)', (code, severity, facts) => {
    expect(known(ofServer(code, severity), 'committing')).toBe(facts);
  });
});

describe('errors of sockets', () => {
  it.each([
    'EPIPE: nobody reads any more',
    'ECONNABORTED: given up on our side',
    'ETIMEDOUT: nobody answers any more',
    'EHOSTUNREACH: no way to the host',
    'EHOSTDOWN: the host does not answer',
    'ENETUNREACH: no way to the network',
    'ENETDOWN: no network',
  ])('%s', (title) => {
    const [code] = title.split(':') as [string];
    expect(known(ofSocket(code, 'read'), 'open')).toBe(LOST);
    expect(known(ofSocket(code, 'write'), 'committing')).toBe(UNKNOWN);
    // Where it could not even connect, connections that stand are none the worse.
    expect(factsOf(connectionError(ofSocket(code, 'connect')), 'not-sent')).toBe(UNAVAILABLE);
    const ofTypeorm = Object.assign(new Error('wrapped'), { driverError: ofSocket(code, 'connect') });
    expect(known(ofTypeorm, 'committing')).toBe('ConnectionLost, not-committed, again, ends');
  });

  it.each([
    'ENOTFOUND: nobody knows the name now',
    'EAI_AGAIN: nobody could be asked for the name',
    'ECONNREFUSED: nobody listens',
    'ENOENT: there is no such socket',
  ])('%s', (title) => {
    // The code alone says that nothing was sent.
    const error = ofSocket(title.split(':')[0]!, 'read');
    expect(factsOf(connectionError(error), 'not-sent')).toBe(UNAVAILABLE);
    expect(known(error, 'committing')).toBe(UNAVAILABLE);
  });
});

describe('what is made of an error', () => {
  it('keeps the SQLSTATE, and takes nothing else for one', () => {
    expect(driverError(ofServer('57P02', 'FATAL'), 'open')).toMatchObject({ sqlState: '57P02' });
    expect(driverError(ofSocket('EPIPE', 'write'), 'open')).toMatchObject({ sqlState: null });
    expect(connectionError(ofSocket('ECONNREFUSED', 'connect'))).toMatchObject({ sqlState: null });
  });

  it.each([new TypeError('ours'), new Error('timeout'), 'a text', null, undefined, { code: 42 }])(
    'leaves %p as it is, which is no error of the database',
    (error) => {
      expect(driverError(error, 'committing')).toBe(error);
    },
  );
});
