import { describe, expect, it } from 'vitest';
import { InvalidSettings, loadSettings } from './index.js';

const complete = {
  DATABASE_URL: 'postgres://u:p@127.0.0.1/chopmark',
  CHAIN_RPC_URL: 'http://127.0.0.1:8545/',
  CHAIN_ID: '31337',
  MASTER_KEY: '11'.repeat(32),
  CHAIN_RELAYER_KEY: '22'.repeat(32),
  CHAIN_ADMIN_KEY: `0x${'33'.repeat(32)}`,
};

describe('loadSettings', () => {
  it('reads, converts and keeps defaults for what is not said', () => {
    const settings = loadSettings({ ...complete, PORT: '8080', RENDER_ENABLED: 'false' });
    expect(settings).toMatchObject({ port: 8080, chainId: 31337, renderEnabled: false, chainConfirmations: 12 });
    expect(settings.chainRpcUrls).toEqual(['http://127.0.0.1:8545']);
    expect(settings.masterKey).toBe(`0x${'11'.repeat(32)}`);
  });

  it('does not take the first chain a second time', () => {
    const again = JSON.stringify([{ chainId: 31337, rpcUrls: ['http://127.0.0.1:1'] }]);
    expect(() => loadSettings({ ...complete, FURTHER_CHAINS: again })).toThrow('names the chain of CHAIN_ID again');
  });

  it('names every mistake at once and repeats no secret', () => {
    const attempt = () => loadSettings({ ...complete, DATABASE_URL: 'mysql://topsecret', CHAIN_ID: '', PORT: '-1' });
    expect(attempt).toThrow(InvalidSettings);
    try {
      attempt();
    } catch (error) {
      expect((error as InvalidSettings).mistakes).toEqual([
        'DATABASE_URL must be a URL starting with postgres:// or postgresql://',
        'PORT must be a whole number from 0 to 65535',
        'CHAIN_ID is missing',
      ]);
      expect((error as Error).message).not.toContain('topsecret');
    }
  });
});
