import { describe, expect, it } from '@jest/globals';
import { SecretKeys } from '@holdfast/secrets';
import { readConfiguration } from '../src/configuration.js';
import { StartUpFailure } from '../src/start-up-failure.js';

describe('readConfiguration', () => {
  it('takes the embedded database, the synthetic cluster and port 8080 when nothing is said', () => {
    expect(readConfiguration([], {})).toEqual({
      port: 8080,
      databaseUrl: null,
      trace: null,
      skipBadLines: false,
      notifications: { secretKeys: null, toPrivateAddresses: false },
    });
  });

  it('reads every option', () => {
    const args = ['--port', '0', '--import', 'pods.csv', '--nodes=nodes.csv', '--skip-bad-lines'];
    const environment = {
      DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/d',
      SECRET_KEYS: `new:${Buffer.alloc(32, 1).toString('base64')},old:${Buffer.alloc(32).toString('base64')}`,
      NOTIFICATIONS_TO_PRIVATE_ADDRESSES: 'yes',
    };
    const configuration = readConfiguration(args, environment)!;
    expect(configuration.notifications.secretKeys!.prefix).toBe('v1.new.');
    expect(configuration).toEqual({
      port: 0,
      databaseUrl: 'postgres://u:p@127.0.0.1:5432/d',
      trace: { pods: 'pods.csv', nodes: 'nodes.csv' },
      skipBadLines: true,
      notifications: { secretKeys: expect.any(SecretKeys), toPrivateAddresses: true },
    });
  });

  it.each([['--help'], ['-h']])('returns null for %s', (flag) => {
    expect(readConfiguration([flag], {})).toBeNull();
  });

  it.each([
    [['--prot', '1'], {}, /--prot/],
    [['--port'], {}, /--port/],
    [['--port', 'eighty'], {}, /--port is a number from 0 to 65535, not "eighty"/],
    [['--port', '65536'], {}, /65536/],
    [['--port', '-1'], {}, /--port/],
    [['pods.csv'], {}, /pods\.csv/],
    [['--import', 'pods.csv'], {}, /--import goes together with --nodes/],
    [['--nodes', 'nodes.csv'], {}, /--nodes goes together with --import/],
    [[], { DATABASE_URL: 'mysql://u:secret@h/d' }, /DATABASE_URL is not of the form/],
    [[], { DATABASE_URL: 'postgres://u:secret@h:port/d' }, /DATABASE_URL is not of the form/],
    [[], { DATABASE_URL: 'postgres://u:secret%ZZ@h/d' }, /DATABASE_URL is not of the form/],
    [[], { DATABASE_URL: 'postgres://u:5/secret@h/d' }, /DATABASE_URL is not of the form/],
    [[], { SECRET_KEYS: 'secret' }, /SECRET_KEYS is not of the form/],
    [[], { SECRET_KEYS: 'a:secret,' }, /SECRET_KEYS is not of the form/],
    [[], { NOTIFICATIONS_TO_PRIVATE_ADDRESSES: 'secret' }, /NOTIFICATIONS_TO_PRIVATE_ADDRESSES is yes or no/],
  ])('refuses %j with %j in one line', (args, environment, message) => {
    const attempt = () => readConfiguration(args, environment);
    expect(attempt).toThrow(StartUpFailure);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(/\n|secret/);
  });
});
