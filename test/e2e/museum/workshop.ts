import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Interface, keccak256 } from 'ethers';
import { renderInvoice } from '../../../src/invoices/invoice.pdf.js';
import { fromHex } from '../../../src/kernel/index.js';
import {
  addressOf,
  ChainClient,
  documentInitCodeHash,
  documentStoreAbi,
  factoryAddress,
  signAnchorMany,
  signCall,
  type TransactionReceipt,
} from '../../../src/platform/chain/index.js';
import type { Settings } from '../../../src/platform/config/index.js';
import {
  bareKey,
  makeAuthority,
  makeLeaf,
  signatureRoom,
  signPdf,
  softwareKey,
  type SigningKey,
} from '../../../src/platform/signing/index.js';
import { buildAnchoredCopy, ENVELOPE_KEYS, stampOf, type EvidenceBundle } from '../../../src/proof/index.js';

import { CORE, evidenceOf } from '../../oracles/document-factory.js';
import { invoice } from '../../support/invoices.js';
import { renderContext } from '../../support/receipts.js';
import { ecPair, testAuthority, testKey } from '../../support/signing.js';
import type { KnownParty, Stamped } from '../../vectors/museum/originals.js';

/** Something made to look issued. */
export type Commission = {
  readonly number: string;
  /** Null leaves it without a signature, and without room for one. */
  readonly key: SigningKey | null;
  readonly store: string;
  readonly issuer: Pick<KnownParty, 'name' | 'domain'>;
  /** How many entries the store is told; the batch has one. */
  readonly claimedCount?: number;
};

const NAME = { commonName: '南京听涛示例餐饮管理有限公司' };
const store = new Interface(documentStoreAbi);

/** Where forgers work: with our own code, all the keys they could steal, and the chain's real transactions. */
export class Workshop {
  private readonly chain: ChainClient;

  constructor(
    private readonly settings: Pick<Settings, 'chainRpcUrls' | 'chainId' | 'chainRelayerKey' | 'chainAdminKey'>,
    /** When the forgeries say that they were issued. */
    private readonly at: Date,
  ) {
    this.chain = new ChainClient({ rpcUrls: settings.chainRpcUrls, chainId: settings.chainId });
  }

  close(): void {
    this.chain.close();
  }

  /** A whole document that says it is of that store, with its root anchored there. */
  async anchored(commission: Commission): Promise<Stamped> {
    const { issued, bundle } = await this.drawn(commission);
    const root = `0x${bundle.document.signature.merkleRoot}`;
    const { receipt, time } = await this.anchor(commission, root);
    const anchors = bundle.anchors.map((anchor) => ({
      ...anchor,
      ...{ transactionHash: receipt.hash, blockNumber: receipt.blockNumber, blockHash: receipt.blockHash },
      blockTime: time,
    }));
    return stamped(issued, { ...bundle, anchors });
  }

  /** What an issuer does about a root that is not his: revokes it. */
  async disown({ store: storeAt }: Commission, { bundle }: Stamped): Promise<void> {
    const data = store.encodeFunctionData('revoke', [`0x${bundle.document.signature.merkleRoot}`]);
    const { status } = await this.send(this.settings.chainAdminKey, { to: storeAt, data, gasLimit: 200_000n });
    if (status !== 'succeeded') {
      throw new Error('The issuer could not revoke');
    }
  }

  /** The same whose root is nowhere: the stamp makes up block and transaction. */
  async invented(commission: Commission): Promise<Stamped> {
    const { issued, bundle } = await this.drawn(commission);
    return stamped(issued, bundle);
  }

  /** A transaction that is in a block and has changed nothing: a stranger who would anchor. */
  async revert(storeAt: string, stranger: string): Promise<string> {
    const data = store.encodeFunctionData('anchor', [`0x${'ab'.repeat(32)}`, 1]);
    const { hash, status } = await this.send(stranger, { to: storeAt, data, gasLimit: 200_000n });
    if (status !== 'reverted') {
      throw new Error('A stranger has anchored');
    }
    return hash;
  }

  private async drawn({ number, key, store: storeAt, issuer }: Commission): Promise<{
    issued: Uint8Array;
    bundle: EvidenceBundle;
  }> {
    const choices = {
      ...{ core: { ...CORE, number }, chainId: this.settings.chainId, store: storeAt, issuer },
      documentInitCodeHash: fromHex(documentInitCodeHash),
    };
    const { document, docId, documentAddress } = evidenceOf(choices);
    const core = Object.fromEntries(Object.entries(document.data).filter(([name]) => !ENVELOPE_KEYS.has(name)));
    const attachment = { name: 'core-data.json', bytes: new TextEncoder().encode(JSON.stringify(core)) };
    const context = {
      ...{ ...renderContext, documentAddress, docId, verifyUrl: `https://verify.example.com/v/${documentAddress}` },
      ...{ attachment, ...(key !== null && { signatureRoom: signatureRoom(key) }) },
    };
    const drawing = renderInvoice(invoice({ number }), context);
    const issued = key === null ? drawing.bytes : await signPdf(drawing, key);
    const bundle = evidenceOf({ ...choices, pdf: issued });
    const events = bundle.events.map((event) => ({ ...event, at: this.at.toISOString() }));
    return { issued, bundle: { ...bundle, events } };
  }

  private async anchor(
    { store: storeAt, claimedCount = 1 }: Commission,
    root: string,
  ): Promise<{ receipt: TransactionReceipt; time: string }> {
    const { chainRelayerKey: key, chainId } = this.settings;
    const [nonce, fees] = await Promise.all([this.chain.nonceOf(addressOf(key)), this.chain.suggestedFees()]);
    const anchors = [{ store: storeAt, root, count: claimedCount }];
    const receipt = await this.mined(
      signAnchorMany({ key, chainId, nonce, fees, factory: factoryAddress(), anchors }).raw,
    );
    const block = await this.chain.block(receipt.blockNumber);
    return { receipt, time: new Date((block?.timestamp ?? 0) * 1_000).toISOString() };
  }

  private async send(
    key: string,
    call: { readonly to: string; readonly data: string; readonly gasLimit: bigint },
  ): Promise<TransactionReceipt> {
    const [nonce, fees] = await Promise.all([this.chain.nonceOf(addressOf(key)), this.chain.suggestedFees()]);
    return this.mined(signCall({ key, chainId: this.settings.chainId, nonce, fees, ...call }).raw);
  }

  private async mined(raw: string): Promise<TransactionReceipt> {
    await this.chain.broadcast(raw);
    for (;;) {
      const receipt = await this.chain.receipt(keccak256(raw));
      if (receipt !== null) {
        return receipt;
      }
      await pause(20);
    }
  }
}

function stamped(issued: Uint8Array, bundle: EvidenceBundle): Stamped {
  const stamp = stampOf(bundle);
  if (stamp === null) {
    throw new Error('The evidence has no anchor');
  }
  const { documentAddress } = bundle;
  return { documentAddress, issued, bundle, anchored: buildAnchoredCopy(issued, stamp) };
}

/** Keys that a forger can make himself, every certificate in the issuer's name. */
export async function forgedKeys(): Promise<
  Readonly<Record<'selfSigned' | 'unknownAuthority' | 'expired' | 'future', SigningKey>>
> {
  const authority = await testAuthority('An authority that nobody knows');
  const validity = (notBefore: string, notAfter: string): { notBefore: Date; notAfter: Date } => ({
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
  });
  return {
    selfSigned: await selfSignedKey(),
    unknownAuthority: await testKey(authority),
    expired: await testKey(authority, undefined, validity('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z')),
    future: await testKey(authority, undefined, validity('2040-01-01T00:00:00Z', '2050-01-01T00:00:00Z')),
  };
}

async function selfSignedKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = ecPair();
  const validity = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2056-01-01T00:00:00Z') };
  const request = { subject: NAME, publicKey, serial: randomBytes(16), ...validity };
  const itself = await makeAuthority(bareKey(privateKey), request);
  return softwareKey(privateKey, [await makeLeaf(bareKey(privateKey), itself, request)]);
}
