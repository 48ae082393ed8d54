import { createHash } from 'node:crypto';
import { renderInvoice } from '../../src/invoices/invoice.pdf.js';
import { fromHex, to0x, toHex } from '../../src/kernel/index.js';
import { signatureRoom, signPdf, type SigningKey } from '../../src/platform/signing/index.js';
import {
  buildAnchoredCopy,
  buildTree,
  create2Address,
  digestOf,
  DOCUMENT_INIT_CODE_HASH,
  documentEntry,
  envelopeFields,
  EVIDENCE_VERSION,
  flatten,
  formatCaip10,
  formatCaip2,
  hashFromHex,
  proofAt,
  saltedDigest,
  stampOf,
  wrapDocument,
  type CoreData,
  type EvidenceAnchor,
  type EvidenceBundle,
  type MerkleTree,
  type SaltedDigest,
} from '../../src/proof/index.js';
import { invoice } from './invoices.js';
import { renderContext } from './receipts.js';

/** Who issues a pile, and where its root will be anchored. */
export type PileIssuer = {
  readonly name: string;
  readonly domain: string;
  readonly store: string;
  readonly chainId: number;
  readonly key: SigningKey;
};

/** Where the chain holds a root. */
export type PilePlace = Pick<EvidenceAnchor, 'transactionHash' | 'blockNumber' | 'blockHash' | 'blockTime'>;

type Draft = {
  readonly issued: Uint8Array;
  readonly core: SaltedDigest;
  readonly envelope: SaltedDigest;
  readonly documentAddress: string;
  readonly leaf: string;
};

/** A document of a pile, as its holder gets it. */
export type PileDocument = {
  readonly issued: Uint8Array;
  readonly anchored: Uint8Array;
  readonly bundle: EvidenceBundle;
  /** Before there was a batch. */
  readonly pending: EvidenceBundle;
};

/** Invoices of one issuer in one batch, by the road of issuing: salted, drawn, signed, hashed, put under one root. */
export class DocumentPile {
  private constructor(
    private readonly issuer: PileIssuer,
    private readonly drafts: readonly Draft[],
    private readonly tree: MerkleTree,
  ) {}

  static async of(count: number, issuer: PileIssuer, first = 1): Promise<DocumentPile> {
    const drafts: Draft[] = [];
    for (let index = 0; index < count; index += 1) {
      drafts.push(await draftOf(first + index, issuer));
    }
    return DocumentPile.from(issuer, drafts);
  }

  /** A file of somebody else, anchored by this issuer as if it were its own invoice number 1. */
  static around(issued: Uint8Array, issuer: PileIssuer): DocumentPile {
    return DocumentPile.from(issuer, [sealed(coreOf(1), issued, issuer)]);
  }

  private static from(issuer: PileIssuer, drafts: readonly Draft[]): DocumentPile {
    const entries = drafts.map(({ leaf, core }) => documentEntry(fromHex(leaf), fromHex(core.digest)));
    return new DocumentPile(issuer, drafts, buildTree(entries));
  }

  get root(): string {
    return to0x(this.tree.root);
  }

  get size(): number {
    return this.drafts.length;
  }

  /** The documents once the chain holds the root. */
  anchoredAt(place: PilePlace): PileDocument[] {
    return this.drafts.map((draft, index) => {
      const bundle = this.bundleOf(draft, index, place);
      const stamp = stampOf(bundle);
      if (stamp === null) {
        throw new Error('The evidence has no anchor');
      }
      const pending = this.bundleOf(draft, index, null);
      return { issued: draft.issued, anchored: buildAnchoredCopy(draft.issued, stamp), bundle, pending };
    });
  }

  private bundleOf(
    { core, envelope, documentAddress, leaf, issued }: Draft,
    index: number,
    place: PilePlace | null,
  ): EvidenceBundle {
    const docId = hashFromHex(core.digest);
    const proof = place === null ? [] : proofAt(this.tree, index);
    const { chainId, store } = this.issuer;
    const root = place === null ? documentEntry(fromHex(leaf), docId) : this.tree.root;
    const anchor = { chainId: formatCaip2(chainId), store, root: to0x(root), batchSize: this.size, leafIndex: index };
    return {
      version: EVIDENCE_VERSION,
      document: wrapDocument({
        saltedData: { ...core.salted, ...envelope.salted },
        targetHash: leaf,
        proof: [docId, ...proof],
        merkleRoot: root,
      }),
      docId: to0x(docId),
      documentAddress,
      leaf: `0x${leaf}`,
      pdf: { sha256: toHex(sha256(issued)) },
      events: [{ seq: 0, type: 'issued', at: invoice().issuedAt, leaf: `0x${leaf}` }],
      anchors: place === null ? [] : [{ ...anchor, ...place, state: 'anchored' }],
    };
  }
}

async function draftOf(number: number, issuer: PileIssuer): Promise<Draft> {
  const core = coreOf(number);
  const { documentAddress } = addressOf(core, issuer);
  const unsigned = renderInvoice(contentOf(number), {
    ...renderContext,
    documentAddress,
    docId: `0x${core.digest}`,
    signatureRoom: signatureRoom(issuer.key),
    attachment: { name: 'core-data.json', bytes: new TextEncoder().encode(JSON.stringify(core.salted)) },
  });
  return sealed(core, await signPdf(unsigned, issuer.key), issuer);
}

function contentOf(number: number): ReturnType<typeof invoice> {
  return invoice({ number: `26322000000${String(number).padStart(9, '0')}` });
}

function coreOf(number: number): SaltedDigest {
  const content = contentOf(number) as CoreData;
  return saltedDigest(content, saltsOf(content, `core ${number}`));
}

function addressOf(core: SaltedDigest, { store, chainId }: PileIssuer): { address: string; documentAddress: string } {
  const address = create2Address(store, hashFromHex(core.digest), fromHex(DOCUMENT_INIT_CODE_HASH));
  return { address, documentAddress: formatCaip10({ chainId, address }) };
}

function sealed(core: SaltedDigest, issued: Uint8Array, issuer: PileIssuer): Draft {
  const { address, documentAddress } = addressOf(core, issuer);
  const { name, domain, store, chainId } = issuer;
  const facts = envelopeFields({
    ...{ docId: hashFromHex(core.digest), documentAddress: address, chainId, pdfSha256: sha256(issued) },
    issuer: { name, domain, store },
  });
  const envelope = saltedDigest(facts, saltsOf(facts, `envelope ${core.digest}`));
  const leaf = digestOf([...core.fieldHashes, ...envelope.fieldHashes]);
  return { issued, core, envelope, documentAddress, leaf };
}

/** The same on every run; a real issuer derives them from a secret. */
function saltsOf(data: CoreData, label: string): Uint8Array {
  const hash = createHash('shake256', { outputLength: flatten(data).length * 16 });
  return Uint8Array.from(hash.update(label).digest());
}

function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}
