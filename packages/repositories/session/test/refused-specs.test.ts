import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OptionalState } from '@holdfast/base';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, nobody, ofAlice, spec } from './fixture/sessions.js';
import { withKernel } from './fixture/kernel-specs.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

const createdAt = new Date('2026-01-02T00:00:00Z');
const before = new Date('2026-01-01T00:00:00Z');
const slots: readonly (readonly [unknown, string])[] = [
  [{ cpu: 'abc' }, '/cpu'],
  [{ cpu: -1 }, '/cpu'],
  [{ CPU: 1 }, '/CPU'],
  ['x', ''],
  [5, ''],
  [[], ''],
];
const mount = (values: object): object => ({
  vfolderMounts: [{ vfolderId: nobody, name: 'data', mountPath: '/data', ...values }],
});

/** What types forbid, and requests may hold all the same. */
const refused: readonly (readonly [object, string])[] = [
  [{ type: 'bogus' }, '/type'],
  [{ clusterMode: 'bogus' }, '/clusterMode'],
  [{ clusterSize: 1.5 }, '/clusterSize'],
  [{ accessKey: '' }, '/accessKey'],
  [{ scalingGroupName: '' }, '/scalingGroupName'],
  [{ image: null }, '/image'],
  [{ image: '' }, '/image'],
  [{ environ: 'x' }, '/environ'],
  [{ environ: 5 }, '/environ'],
  [{ environ: [1] }, '/environ'],
  [{ environ: { A: 1 } }, '/environ'],
  [{ additionalImages: 'abc' }, '/additionalImages'],
  [{ additionalImages: ['a', 5] }, '/additionalImages/1'],
  [{ status: 'RUNNING' }, '/status'],
  ...slots.map(([value, at]) => [{ requestedSlots: value }, `/requestedSlots${at}`] as const),
  [{ past: { status: 'bogus', createdAt } }, '/past/status'],
  [{ past: { status: 'TERMINATED', createdAt, result: 'bogus' } }, '/past/result'],
  [{ past: { status: 'TERMINATED', createdAt: 'x' } }, '/past/createdAt'],
  [{ past: { status: 'TERMINATED', createdAt, statusChangedAt: before } }, '/past/statusChangedAt'],
  [{ past: { status: 'TERMINATED', createdAt, terminatedAt: before } }, '/past/terminatedAt'],
  [{ past: { status: 'RUNNING', createdAt, terminatedAt: createdAt } }, '/past/terminatedAt'],
];
const refusedWithKernels: readonly (readonly [object, string])[] = [
  ...refused.filter(([values]) => !('clusterSize' in values)),
  [{ kernels: null }, '/kernels'],
  [{ kernels: [{ status: 'RUNNING' }] }, '/kernels/0/status'],
  [{ kernels: [{ agentId: '' }] }, '/kernels/0/agentId'],
  [{ kernels: [{ image: '' }] }, '/kernels/0/image'],
  [{ kernels: [{ requestedSlots: { cpu: -1 } }] }, '/kernels/0/requestedSlots/cpu'],
  [{ kernels: [{ past: { status: 'RUNNING', createdAt } }] }, '/kernels/0/past/status'],
  [
    { past: { status: 'TERMINATED', createdAt }, kernels: [{ past: { status: 'RUNNING', createdAt } }] },
    '/kernels/0/past/status',
  ],
  [
    {
      past: { status: 'RUNNING', createdAt },
      kernels: [{ past: { status: 'RUNNING', createdAt, usedSlots: { cpu: 'x' } } }],
    },
    '/kernels/0/past/usedSlots/cpu',
  ],
  [{ dependsOn: ['no id'] }, '/dependsOn/0'],
  [mount({ mountPath: '/' }), '/vfolderMounts/0/mountPath'],
  [mount({ mountPath: '/x/../data' }), '/vfolderMounts/0/mountPath'],
  [mount({ mountPath: '/da\nta' }), '/vfolderMounts/0/mountPath'],
  [mount({ subpath: '../../etc' }), '/vfolderMounts/0/subpath'],
  [mount({ subpath: '/etc' }), '/vfolderMounts/0/subpath'],
  [mount({ name: '' }), '/vfolderMounts/0/name'],
];

describe('a session', () => {
  it.each(refused)('of %j is refused by its place', async (values, pointer) => {
    const given = spec(alice, values);

    for (const [call, place] of [
      [test.repository.create(ofAlice, given), ''],
      [test.repository.bulkCreate(ofAlice, [spec(alice), given]), '/1'],
    ] as const) {
      await expect(call).rejects.toMatchObject({
        code: 'api_parsing_invalid-parameters',
        pointer: `${place}${pointer}`,
      });
    }
  });

  it.each(refusedWithKernels)('with kernels, of %j, is refused by its place', async (values, pointer) => {
    const given = withKernel(alice, values);

    for (const [call, place] of [
      [test.repository.createWithKernels(ofAlice, given), ''],
      [test.repository.bulkCreateWithKernels(ofAlice, [withKernel(alice), given]), '/1'],
    ] as const) {
      await expect(call).rejects.toMatchObject({
        code: 'api_parsing_invalid-parameters',
        pointer: `${place}${pointer}`,
      });
    }
  });

  it('is changed to nothing that could not be created', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    const changes: readonly (readonly [object, string])[] = [
      ...slots.flatMap(([value, at]) => [[{ requestedSlots: value }, `/requestedSlots${at}`] as const]),
      [{ result: 'bogus' }, '/result'],
      [{ environ: [1] }, '/environ'],
      [{ scalingGroupName: '' }, '/scalingGroupName'],
      [{ name: null }, '/name'],
      [{ name: 5 }, '/name'],
    ];
    for (const [change, pointer] of changes) {
      await expect(test.repository.update(ofAlice, id, change)).rejects.toMatchObject({ pointer });
    }
    const left = { requestedSlots: OptionalState.nop<never>(), result: null };
    expect(await test.repository.update(ofAlice, id, left)).toMatchObject({ result: null });
  });

  it.each([null, undefined, 'x', {}])('waits for nothing that is no list: %j', async (others) => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    for (const call of [
      () => test.repository.addDependencies(ofAlice, id, others as never),
      () => test.repository.removeDependencies(ofAlice, id, others as never),
    ]) {
      const failure: unknown = await call().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'api_parsing_invalid-parameters', pointer: '/dependsOn' });
    }
  });

  it('uses nothing that is no amount', async () => {
    const { kernels } = await test.repository.createWithKernels(ofAlice, withKernel(alice));
    for (const [value, at] of slots) {
      const call = test.repository.occupySlots(ofAlice, kernels[0]!.id, value as never);
      await expect(call).rejects.toMatchObject({ pointer: `/slots${at}` });
    }
  });

  it('that is over has kernels that are over with it', async () => {
    const past = { status: 'TERMINATED', createdAt } as const;
    const { kernels } = await test.repository.createWithKernels(ofAlice, withKernel(alice, { past }));

    expect(kernels).toMatchObject([{ status: 'TERMINATED', createdAt, terminatedAt: createdAt }]);
    await expect(test.repository.occupySlots(ofAlice, kernels[0]!.id, {} as never)).rejects.toThrow(/is over/);
  });

  it('mounts folders at paths that are written in one way', async () => {
    const paths = withKernel(alice, mount({ mountPath: '//data/./set/', subpath: './a//b/' }));
    const { session } = await test.repository.createWithKernels(ofAlice, paths);

    const { vfolderMounts } = await test.repository.getSessionWithDependencies(ofAlice, session.id);
    expect(vfolderMounts).toMatchObject([{ mountPath: '/data/set', subpath: 'a/b' }]);
  });
});
