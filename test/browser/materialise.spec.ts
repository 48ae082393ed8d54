import { execFileSync } from 'node:child_process';
import { concat, Interface, keccak256 } from 'ethers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findCommand } from '../../scripts/embedded/commands.js';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { rpcTo } from '../../scripts/launch/chain-keys.js';
import {
  addressOf as addressOfKey,
  documentStoreAbi,
  materialisedDocumentAbi,
} from '../../src/platform/chain/index.js';
import type { EvidenceBundle } from '../../src/proof/index.js';
import type { Issued } from '../support/api-caller.js';
import { headline, pdf, put, VerifyingWorld, type Opened } from './verifying-world.js';
import { TestWallet } from './wallet.js';

const storeCalls = new Interface(documentStoreAbi);
const documentCalls = new Interface(materialisedDocumentAbi);

describe.skipIf(inject('missingPackages').includes('chromium'))('a contract of its own for a document', () => {
  const chain = `0x${inject('chainId').toString(16)}`;
  const ask = rpcTo(inject('chainRpcUrl'));
  let world: VerifyingWorld;
  let issued: Issued[];
  let stamped: Buffer[];

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    await world.instance.startWorker();
    issued = await world.caller.issueMany(4);
    await world.instance.waitUntilAnchored('confirmed');
    stamped = await Promise.all(issued.map(({ id }) => world.stamped(id)));
  });
  afterAll(() => world.close());

  const fileOf = (index: number): Buffer => stamped[index] ?? Buffer.alloc(0);
  const addressOf = (index: number): string => issued[index]?.documentAddress ?? '';

  async function evidenceOf(index: number): Promise<EvidenceBundle> {
    return (await world.caller.get<EvidenceBundle>(`/v1/documents/${issued[index]?.id ?? ''}/evidence`)).body;
  }

  async function docIdOf(index: number): Promise<string> {
    return (await evidenceOf(index)).docId;
  }

  /** What the contract at the document's address says of itself. */
  async function saidAt(address: string, name: 'docId' | 'store' | 'isRevoked'): Promise<unknown> {
    const answer = await ask('eth_call', { to: address, data: documentCalls.encodeFunctionData(name) }, 'latest');
    return documentCalls.decodeFunctionResult(name, String(answer))[0] as unknown;
  }

  async function openWith(
    wallet: TestWallet | null,
    { name, lang = 'en', width = 1280, index = 0 } = {} as Opening,
  ): Promise<Opened> {
    const opened = await world.open(`/verify?lang=${lang}`, width);
    if (wallet !== null) {
      await wallet.putInto(opened.page, name);
      await opened.page.reload();
    }
    await put(opened.page, pdf('mine.pdf', fileOf(index)));
    expect(await headline(opened.page)).toBe('valid');
    await opened.page.locator('.materialise[data-state]').waitFor();
    return opened;
  }
  type Opening = { name?: string; lang?: string; width?: number; index?: number };

  it('is made with the wallet of the browser, on the chain of the document, and then is seen by the nodes', async () => {
    const wallet = new TestWallet(inject('chainRpcUrl'));
    wallet.knows = [chain];
    const opened = await openWith(wallet, { name: 'Test Wallet', lang: 'zh', width: 360 });
    const { page } = opened;
    await world.picture(page, 'materialise-zh-360');
    expect(await world.barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '用 Test Wallet 生成' }).click();
    await page.locator('.materialise[data-state="materialised"]').waitFor();
    expect(await page.locator('.materialise .mono').textContent()).toBe(addressOf(0));
    await world.picture(page, 'materialised-zh-360');
    expect(await world.barriers(page)).toEqual([]);

    const asked = wallet.asked.map(({ method }) => method);
    expect(asked.slice(0, 5)).toEqual([
      'eth_requestAccounts',
      'eth_chainId',
      'wallet_switchEthereumChain',
      'eth_chainId',
      'eth_sendTransaction',
    ]);
    const [sent] = wallet.sent;
    const call = storeCalls.decodeFunctionData('materialise', sent?.['data'] ?? '');
    expect(storeCalls.encodeFunctionData('materialise', [...call])).toBe(sent?.['data']);
    expect(await saidAt(addressOf(0), 'docId')).toBe(call[0]);
    expect(await saidAt(addressOf(0), 'docId')).toBe(await docIdOf(0));
    expect(await saidAt(addressOf(0), 'isRevoked')).toBe(false);
    expect(String(await saidAt(addressOf(0), 'store')).toLowerCase()).toBe(sent?.['to']?.toLowerCase());
    expect(opened.complaints).toEqual([]);
    await page.close();

    const again = await openWith(null);
    expect(await again.page.locator('.materialise').getAttribute('data-state')).toBe('materialised');
    expect(await again.page.locator('.materialise button').count()).toBe(0);
    await again.page.close();
  });

  it('says plainly why nothing came of it', async () => {
    const wallet = new TestWallet(inject('chainRpcUrl'));
    const { page, complaints } = await openWith(wallet, { index: 1 });
    const button = page.getByRole('button', { name: 'Make it with the wallet' });
    const said = page.locator('.materialise [role=status]').first();
    wallet.declines = true;
    await button.click();
    await said.filter({ hasText: 'You declined in the wallet' }).waitFor();
    wallet.declines = false;
    await button.click();
    await said.filter({ hasText: `does not know the chain of this document (eip155:${inject('chainId')})` }).waitFor();
    await world.picture(page, 'materialise-refused-en-1280');
    expect(await world.barriers(page)).toEqual([]);
    expect(wallet.sent).toEqual([]);
    expect(await world.instance.codeAt(addressOf(1))).toBe('0x');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is made by the command that stands on the page', async () => {
    const { page, complaints } = await openWith(null, { index: 2 });
    expect(await page.locator('.materialise').getByText('There is no wallet in this browser').count()).toBe(1);
    await page.locator('.materialise summary').click();
    const command = (await page.locator('.materialise code').textContent()) ?? '';
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText(/Copied|Selected/).waitFor();
    await run(command);
    await waitUntil('it is there', async () => (await world.instance.codeAt(addressOf(2))) !== '0x');
    expect(await saidAt(addressOf(2), 'docId')).toBe(await docIdOf(2));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is not offered for a file that was altered', async () => {
    const altered = Buffer.from(fileOf(1));
    altered[5_000] = (altered[5_000] ?? 0) ^ 1;
    const { page } = await world.open('/verify?lang=en');
    await put(page, pdf('altered.pdf', altered));
    expect(await headline(page)).toBe('altered');
    expect(await page.locator('.materialise').isHidden()).toBe(true);
    await page.close();
  });

  it('is said to be foreign where a thief of the relayer key has put a leaf of his own', async () => {
    await materialiseFirst(3);
    const { page, complaints } = await world.open('/verify?lang=en', 360);
    await put(page, pdf('mine.pdf', fileOf(3)));
    expect(await headline(page)).toBe('valid');
    const card = page.locator('.materialise[data-state="foreign"]');
    await card.waitFor();
    expect(await card.textContent()).toContain('Do not go by what it answers');
    expect(await card.locator('button').count()).toBe(0);
    expect(await saidAt(addressOf(3), 'docId')).toBe(await docIdOf(3));
    await world.picture(page, 'materialise-foreign-en-360');
    expect(await world.barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  /** With the docId of a real document, and a leaf that the issuer never issued. */
  async function materialiseFirst(index: number): Promise<void> {
    const { docId, anchors } = await evidenceOf(index);
    const [leaf, store] = [`0x${'f0'.repeat(32)}`, anchors[0]?.store];
    const root = keccak256(concat(docId < leaf ? [docId, leaf] : [leaf, docId]));
    const from = addressOfKey(world.instance.settings.chainRelayerKey);
    await ask('anvil_impersonateAccount', from);
    for (const data of [
      storeCalls.encodeFunctionData('anchor', [root, 1]),
      storeCalls.encodeFunctionData('materialise', [docId, leaf, root, []]),
    ]) {
      await ask('eth_sendTransaction', { from, to: store, data });
    }
    await waitUntil('it is there', async () => (await world.instance.codeAt(addressOf(index))) !== '0x');
  }

  /** As a shell reads it; with Foundry's `cast` where it is, and else what it would send is sent. */
  async function run(command: string): Promise<void> {
    const [program, verb, store = '', signature = '', ...rest] = (command.match(/"[^"]*"|\S+/g) ?? []).map((part) =>
      part.replaceAll('"', ''),
    );
    const [docId, leaf, root, proof = '', ...options] = rest;
    expect([program, verb, signature]).toEqual(['cast', 'send', 'materialise(bytes32,bytes32,bytes32,bytes32[])']);
    expect(options).toEqual([
      '--chain',
      String(inject('chainId')),
      '--rpc-url',
      inject('chainRpcUrl'),
      '--interactive',
    ]);
    const [from] = (await ask('eth_accounts')) as string[];
    const cast = findCommand('cast');
    if (cast === null) {
      const proofs = proof.slice(1, -1).split(',').filter(Boolean);
      const data = storeCalls.encodeFunctionData('materialise', [docId, leaf, root, proofs]);
      await ask('eth_sendTransaction', { from, to: store, data });
    } else {
      const line = command.replace('--interactive', `--unlocked --from ${from ?? ''}`);
      execFileSync('sh', ['-c', line.replace('cast', cast)]);
    }
  }
});
