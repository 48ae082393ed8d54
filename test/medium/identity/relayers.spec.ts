import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { OperatorDesk } from '../../../src/composition/index.js';
import { addressOf } from '../../../src/platform/chain/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { TestInstance, type TestIssuer } from '../../support/running-instance.js';

const further = `0x${randomBytes(32).toString('hex')}`;
const added = { CHAIN_FURTHER_RELAYER_KEYS: further };

let instance: TestInstance;
let issuers: TestIssuer[];
beforeAll(async () => {
  instance = await TestInstance.make();
  issuers = [await instance.addIssuer('tingtao'), await instance.addIssuer('yunfan')];
});
afterAll(() => instance.close());

async function atDesk<Answer>(
  environment: Record<string, string>,
  work: (desk: OperatorDesk) => Promise<Answer>,
): Promise<Answer> {
  const desk = await OperatorDesk.open(loadSettings({ ...instance.environment, ...environment }));
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

const outcomes = (done: readonly { relayer: string; outcome: string }[], account: string): string[] =>
  done.filter(({ relayer }) => relayer === account).map(({ outcome }) => outcome);
const sentByAdmin = (): Promise<unknown> =>
  rpcTo(instance.settings.chainRpcUrls[0] ?? '')(
    'eth_getTransactionCount',
    addressOf(instance.settings.chainAdminKey),
    'latest',
  );

describe('relayers of the stores', () => {
  const first = (): string => addressOf(instance.settings.chainRelayerKey);
  const second = addressOf(further);

  it('are admitted where they are not yet, and told as they were elsewhere', async () => {
    const done = await atDesk(added, (desk) => desk.admitRelayers());
    expect(outcomes(done, first())).toEqual(['as-it-was', 'as-it-was']);
    expect(outcomes(done, second)).toEqual(['admitted', 'admitted']);
    expect(done.map(({ store }) => store)).toEqual(expect.arrayContaining(issuers.map(({ store }) => store)));
    const sent = await sentByAdmin();
    expect(outcomes(await atDesk(added, (desk) => desk.admitRelayers()), second)).toEqual(['as-it-was', 'as-it-was']);
    expect(await sentByAdmin()).toBe(sent);
  });

  it('are not dismissed while the settings name them, nor is what is no account', async () => {
    await expect(atDesk(added, (desk) => desk.dismissRelayer(second))).rejects.toMatchObject({
      code: 'identity.relayer-in-use',
    });
    await expect(atDesk({}, (desk) => desk.dismissRelayer('0x12'))).rejects.toMatchObject({
      code: 'identity.relayer-invalid',
    });
  });

  it('are left alone by whoever is not the admin, and where there is no store', async () => {
    const sent = await sentByAdmin();
    const other = { CHAIN_ADMIN_KEY: randomBytes(32).toString('hex') };
    expect(outcomes(await atDesk(other, (desk) => desk.dismissRelayer(second)), second)).toEqual([
      ...['not-admin', 'not-admin'],
    ]);
    expect(await sentByAdmin()).toBe(sent);
  });

  it('are dismissed, once', async () => {
    const dismiss = () => atDesk({}, (desk) => desk.dismissRelayer(second.toLowerCase()));
    expect(outcomes(await dismiss(), second)).toEqual(['dismissed', 'dismissed']);
    expect(outcomes(await dismiss(), second)).toEqual(['as-it-was', 'as-it-was']);
    await rpcTo(instance.settings.chainRpcUrls[0] ?? '')('anvil_setCode', issuers[0]?.store, '0x');
    expect(outcomes(await dismiss(), second).sort()).toEqual(['as-it-was', 'no-store']);
  });
});
