import { Injectable } from '@nestjs/common';
import { Chains, ChainUnreachable, type ChainClient } from '../platform/chain/index.js';
import { blockHashOf, formatCaip2, type BlockHeader, type EvidenceAnchor } from '../proof/index.js';
import { jsonFile } from './collect-document.js';
import type { AskedChain, PackedFile } from './court-package.js';

/** The blocks that hold the anchors, as the chain tells them now. What it does not tell is left out, never made up. */
@Injectable()
export class CollectBlocks {
  constructor(private readonly chains: Chains) {}

  async heads(): Promise<AskedChain[]> {
    return Promise.all(
      this.chains.all.map(async ({ chainId, client }) => ({
        chainId: formatCaip2(chainId),
        head: await unlessUnreachable(client.head()),
      })),
    );
  }

  /** For each block its header, whose hash follows from its fields, and for each transaction its receipt with its logs. */
  async execute(anchors: readonly EvidenceAnchor[]): Promise<PackedFile[]> {
    const files = new Map<string, PackedFile>();
    for (const anchor of anchors) {
      const client = this.chains.all.find(({ chainId }) => formatCaip2(chainId) === anchor.chainId)?.client;
      const folder = `chain/${anchor.chainId.replace(':', '-')}`;
      for (const { name, ask } of client === undefined ? [] : questionsAbout(anchor, client)) {
        const path = `${folder}/${name}`;
        const answer = files.has(path) ? null : await unlessUnreachable(ask());
        if (answer !== null) {
          files.set(path, { name: path, bytes: jsonFile(answer) });
        }
      }
    }
    return [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

type ChainQuestion = { readonly name: string; readonly ask: () => Promise<object | null> };

function questionsAbout({ blockHash, transactionHash }: EvidenceAnchor, client: ChainClient): ChainQuestion[] {
  return [
    ...(blockHash === null ? [] : [{ name: `block-${blockHash}.json`, ask: () => provenHeader(client, blockHash) }]),
    ...(transactionHash === null
      ? []
      : [{ name: `receipt-${transactionHash}.json`, ask: () => client.receipt(transactionHash) }]),
  ];
}

/** Null when the nodes have it no more, or when its fields do not give its hash, as on chains with headers of their own. */
async function provenHeader(client: ChainClient, blockHash: string): Promise<BlockHeader | null> {
  const header = await client.blockHeader(blockHash);
  return header !== null && blockHashOf(header) === blockHash ? header : null;
}

async function unlessUnreachable<Answer>(asking: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ChainUnreachable) {
      return null;
    }
    throw error;
  }
}
