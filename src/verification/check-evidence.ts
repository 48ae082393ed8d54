import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Issuer } from '../identity/index.js';
import { fromHex } from '../kernel/index.js';
import { documentInitCodeHash } from '../platform/chain/index.js';
import {
  verifyEvidence,
  type ChainReaders,
  type EventFinding,
  type EvidenceBundle,
  type Fact,
  type IssuerDirectory,
  type OpenedCopy,
  type Outcome,
  type Question,
} from '../proof/index.js';
import { CheckSignature } from './check-signature.js';
import type { FactCode } from '../proof/fact-texts/index.js';
import { KnownChains } from './known-chains.js';
import { OwnStatusLists } from './own-status-lists.js';

export type Circumstances = {
  /** The file at hand. */
  readonly pdf?: Uint8Array | undefined;
  /** What was found in it. */
  readonly copy?: OpenedCopy | undefined;
  /** Who this service knows to be behind the document; without, nobody vouches for the issuer. */
  readonly issuer?: Issuer | undefined;
  /** The bundle was made here, just now, and not handed in: its place in the status lists can be believed. */
  readonly isOwnRecord?: boolean;
  /** Instead of asking each chain anew: of a pile, whose documents share stores and roots. */
  readonly chains?: ChainReaders | undefined;
};

/** The facts about the document, and what was found out about each event that the evidence lists. */
export type Checked = { readonly facts: readonly Fact[]; readonly events: readonly EventFinding[] };

const ORDER: readonly Question[] = ['integrity', 'signature', 'inclusion', 'anchor', 'status', 'issuer'];

/** Step 8 of 8 — docs/WALKTHROUGH.md. Puts the six questions to a bundle, and asks the chain now. */
@Injectable()
export class CheckEvidence {
  constructor(
    private readonly chains: KnownChains,
    private readonly signature: CheckSignature,
    private readonly statusLists: OwnStatusLists,
  ) {}

  async execute(
    bundle: EvidenceBundle,
    { pdf, copy, issuer, isOwnRecord = false, chains }: Circumstances,
  ): Promise<Checked> {
    const { facts, events } = await verifyEvidence(bundle, {
      sha256: (bytes) => createHash('sha256').update(bytes).digest(),
      chains: chains ?? this.chains.readers,
      documentInitCodeHash: fromHex(documentInitCodeHash),
      ...(isOwnRecord ? { statusLists: this.statusLists.lists() } : {}),
      ...(pdf === undefined ? {} : { pdf }),
      ...(copy === undefined ? {} : { copy }),
      ...(issuer === undefined ? {} : { issuers: directoryOf(issuer, this.chains.chainId) }),
    });
    const signature = await this.signatureOf(bundle, { pdf, copy, issuer });
    return { facts: inOrder([...facts, signature]), events };
  }

  private async signatureOf(
    { events: [issued] }: EvidenceBundle,
    { pdf, copy, issuer }: Pick<Circumstances, 'pdf' | 'copy' | 'issuer'>,
  ): Promise<Fact> {
    if (pdf === undefined) {
      return fact('signature', 'not-applicable', 'signature.no-file');
    }
    const issuedAt = new Date(issued?.at ?? Number.NaN);
    return this.signature.execute({
      ...{ pdf, copy, issuer },
      ...(Number.isNaN(issuedAt.getTime()) ? {} : { issuedAt }),
    });
  }

  /** The same questions while there is no PDF yet, and so nothing that could have been anchored. */
  beforeDrawing({ pdf }: Circumstances): Checked {
    const facts = [
      // Nobody can hold a file that was not made yet.
      pdf === undefined
        ? fact('integrity', 'unknown', 'integrity.pending')
        : fact('integrity', 'fails', 'integrity.pdf-changed'),
      fact('signature', 'not-applicable', 'signature.no-file'),
      fact('inclusion', 'unknown', 'inclusion.pending'),
      fact('anchor', 'unknown', 'anchor.pending'),
      fact('status', 'unknown', 'status.pending'),
      fact('issuer', 'holds', 'issuer.holds'),
    ];
    return { facts, events: [] };
  }
}

export function fact(question: Question, outcome: Outcome, code: FactCode): Fact {
  return { question, outcome, code };
}

function inOrder(facts: readonly Fact[]): Fact[] {
  return ORDER.flatMap((question) => facts.filter((given) => given.question === question));
}

function directoryOf({ store, name, domain }: Issuer, ownChain: string): IssuerDirectory {
  return {
    issuerOf: (asked, chainId) =>
      Promise.resolve(asked === store && chainId === ownChain ? { name, domain } : undefined),
  };
}
