import { createHash } from 'node:crypto';
import { to0x } from '../../src/kernel/index.js';
import {
  EVIDENCE_VERSION,
  buildTree,
  create2Address,
  digestOf,
  documentEntry,
  envelopeFields,
  flatten,
  formatCaip10,
  formatCaip2,
  hashFromHex,
  keccak256,
  proofAt,
  saltedDigest,
  wrapDocument,
} from '../../src/proof/index.js';
import type { CoreData, EvidenceBundle, EvidenceEvent, SaltedDigest } from '../../src/proof/index.js';

/** What a test may choose of a document; the rest is made up the same way each time. */
export type Choices = {
  readonly core?: CoreData;
  readonly chainId?: number;
  readonly store?: string;
  readonly documentInitCodeHash?: Uint8Array;
  readonly issuer?: { readonly name: string; readonly domain: string };
  readonly pdf?: Uint8Array;
  /** Other entries of the batch, put before the document's. */
  readonly others?: readonly Uint8Array[];
  /** State of the anchor in the bundle, or `none` for a document that waits for its batch. */
  readonly anchor?: 'submitted' | 'anchored' | 'none';
};

export const STORE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
export const ISSUER = { name: '南京听涛示例餐饮管理有限公司', domain: 'issuer.example.com' };
export const INIT_CODE_HASH = keccak256(Uint8Array.of(0x60));
export const PDF = new TextEncoder().encode('%PDF-1.7 sample');

export const CORE: CoreData = {
  kind: 'invoice.vat',
  number: '26322000000100000001',
  seller: { name: ISSUER.name, taxId: '91320102MAXDEM021K' },
  buyer: { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
  lines: [
    { itemName: '餐费', amount: '622.64' },
    { itemName: '茶位费 "A\\B"', amount: '30.00' },
    { itemName: '包间费', amount: '100.00' },
  ],
  totals: { withTax: '752.64' },
};

/** Salts that are the same on every run; a real issuer derives them from a secret. */
function saltsOf(data: CoreData, label: string): Uint8Array {
  const hash = createHash('shake256', { outputLength: flatten(data).length * 16 });
  return Uint8Array.from(hash.update(label).digest());
}

export const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash('sha256').update(bytes).digest());

/** The evidence of one document, by the same steps as issuing takes, with all that follows from the choices right. */
export function evidenceOf(choices: Choices = {}): EvidenceBundle {
  const { core = CORE, chainId = 1337, store = STORE, issuer = ISSUER, pdf = PDF, others = [] } = choices;
  const salted = saltedDigest(core, saltsOf(core, 'core'));
  const docId = hashFromHex(salted.digest);
  const documentAddress = create2Address(store, docId, choices.documentInitCodeHash ?? INIT_CODE_HASH);
  const envelope = envelopeFields({
    docId,
    documentAddress,
    chainId,
    pdfSha256: sha256(pdf),
    issuer: { ...issuer, store },
  });
  return bundleOf(
    salted,
    saltedDigest(envelope, saltsOf(envelope, 'envelope')),
    { ...choices, chainId, store, others },
    {
      documentAddress: formatCaip10({ chainId, address: documentAddress }),
      pdfSha256: to0x(sha256(pdf)).slice(2),
    },
  );
}

function bundleOf(
  core: SaltedDigest,
  envelope: SaltedDigest,
  choices: Choices & { readonly chainId: number; readonly store: string; readonly others: readonly Uint8Array[] },
  printed: { readonly documentAddress: string; readonly pdfSha256: string },
): EvidenceBundle {
  const docId = hashFromHex(core.digest);
  const whole = digestOf([...core.fieldHashes, ...envelope.fieldHashes]);
  const leaf = hashFromHex(whole);
  const tree = buildTree([...choices.others, documentEntry(leaf, docId)]);
  const leafIndex = choices.others.length;
  const anchor = choices.anchor ?? 'anchored';
  return {
    version: EVIDENCE_VERSION,
    document: wrapDocument({
      saltedData: { ...core.salted, ...envelope.salted },
      targetHash: whole,
      proof: [docId, ...proofAt(tree, leafIndex)],
      merkleRoot: tree.root,
    }),
    docId: to0x(docId),
    documentAddress: printed.documentAddress,
    leaf: to0x(leaf),
    pdf: { sha256: printed.pdfSha256 },
    events: [{ seq: 0, type: 'issued', at: '2026-03-05T10:30:00+08:00', leaf: to0x(leaf) }],
    anchors:
      anchor === 'none' ? [] : [anchorOf(choices, { root: to0x(tree.root), batchSize: tree.size, leafIndex }, anchor)],
  };
}

function anchorOf(
  choices: { readonly chainId: number; readonly store: string },
  place: { readonly root: string; readonly batchSize: number; readonly leafIndex: number },
  state: 'submitted' | 'anchored',
): EvidenceBundle['anchors'][number] {
  const isAnchored = state === 'anchored';
  return {
    chainId: formatCaip2(choices.chainId),
    store: choices.store,
    ...place,
    state,
    transactionHash: isAnchored ? `0x${'11'.repeat(32)}` : null,
    blockNumber: isAnchored ? 7 : null,
    blockHash: isAnchored ? `0x${'22'.repeat(32)}` : null,
    blockTime: isAnchored ? '2026-03-05T02:31:00Z' : null,
  };
}

/** What a test may choose of a later event. */
export type EventChoices = {
  readonly type: string;
  readonly payload?: CoreData;
  readonly anchor?: 'submitted' | 'anchored' | 'none';
  /** Other entries of the event's batch, put before its leaf. */
  readonly others?: readonly Uint8Array[];
  /** Instead of what follows from the bundle, to lie about. */
  readonly lie?: Readonly<Record<string, string>>;
};

/** The bundle with one more event, by the same steps as recording takes; the lie, if any, is hashed and anchored. */
export function withEvent(bundle: EvidenceBundle, choices: EventChoices): EvidenceBundle {
  const { type, payload, anchor = 'anchored', others = [], lie = {} } = choices;
  const seq = bundle.events.length;
  const at = `2026-03-0${5 + seq}T10:00:00.000Z`;
  const previousLeaf = bundle.events.at(-1)?.leaf ?? '';
  const content: CoreData = {
    ...{
      docId: bundle.docId,
      documentAddress: bundle.documentAddress,
      event: type,
      seq: String(seq),
      at,
      previousLeaf,
    },
    ...(payload === undefined ? {} : { payload }),
    ...lie,
  };
  const sealed = saltedDigest(content, saltsOf(content, `event:${seq}`));
  const leaf = hashFromHex(sealed.digest);
  const tree = buildTree([...others, leaf]);
  const place = { root: to0x(tree.root), batchSize: tree.size, leafIndex: others.length };
  const event: EvidenceEvent = {
    ...{ seq, type, at, leaf: to0x(leaf), previousLeaf, data: sealed.salted },
    ...(anchor !== 'none' && {
      proof: proofAt(tree, others.length).map(to0x),
      anchors: [anchorOf({ chainId: 1337, store: STORE }, place, anchor)],
    }),
  };
  return { ...bundle, events: [...bundle.events, event] };
}
