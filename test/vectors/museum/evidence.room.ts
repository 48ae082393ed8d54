import { fieldHash, redact, type EvidenceBundle } from '../../../src/proof/index.js';
import { edited, otherSizeFor, respelt, without } from './craft.js';
import { because, cannotTell, json, notValid, pdf, refused, valid, type Piece, type Room } from './piece.js';

const MALFORMED = because(
  'It refuses what is of no known form before anything is judged',
  refused('verification.bundle-malformed'),
);

const pieces: readonly Piece[] = [
  {
    id: 'bundle',
    done: 'Nothing: the evidence bundle as it was handed out',
    why: 'A judge that says "not valid" to everything is no judge: a control',
    make: ({ sound }) => json(sound.bundle),
    expected: valid('integrity.holds', 'inclusion.holds', 'anchor.holds', 'status.holds'),
  },
  {
    id: 'bundle-value-changed',
    done: 'One character of one value changed',
    why: 'Each field is under the leaf',
    make: ({ sound }) => json(respelt(sound.bundle, /:string:周样宁/, ':string:周样宇')),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-salt-changed',
    done: 'One digit of one salt changed; every value is as it was',
    why: 'A salt that could be chosen would let values be chosen, too',
    make: ({ sound }) =>
      json(respelt(sound.bundle, /[0-9a-f](-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}:string:周样宁)/, 'x$1')),
    expected: notValid('integrity.malformed'),
  },
  {
    id: 'bundle-salt-swapped',
    done: 'The salts of two fields in each other’s place',
    why: 'All salts are genuine, and each belongs to one field',
    make: ({ sound }) => json(withSaltsSwapped(sound.bundle)),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-type-changed',
    done: 'A text turned into a number of the same digits',
    why: '"100.00" and 100 print alike in many programs',
    make: ({ sound }) => json(respelt(sound.bundle, /:string:100\.00/, ':number:100.00')),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-field-removed',
    done: 'A field left out without its hash',
    why: 'Leaving out is how the worst of it is hidden',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ document }) => {
          document.data = without(document.data, 'drawer');
        }),
      ),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-field-added',
    done: 'A salted field added that was never issued',
    why: 'So would a condition be slipped in',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ document }) => {
          document.data = { ...document.data, note: '6322c3fc-a672-4ecd-80fb-c0ab5a6772cf:string:paid' };
        }),
      ),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-redacted',
    done: 'A field hidden by the rule: its hash in its place',
    why: 'Hiding is allowed, and everything else still verifies: a control',
    make: ({ sound }) => json({ ...sound.bundle, document: redact(sound.bundle.document, 'drawer') }),
    expected: valid('integrity.holds', 'inclusion.holds'),
  },
  {
    id: 'bundle-redacted-wrongly',
    done: 'A field left out, with the hash of something else in its place',
    why: 'A hash of nothing could stand for anything',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ document }) => {
          document.data = without(document.data, 'drawer');
          document.privacy = { obfuscatedData: ['ab'.repeat(32)] };
        }),
      ),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-shown-and-hidden',
    done: 'The hash of a field that is still shown added to the hidden ones',
    why: 'Counting a field twice would let two documents have one digest',
    make: ({ sound }) =>
      json({
        ...sound.bundle,
        document: { ...sound.bundle.document, privacy: redact(sound.bundle.document, 'drawer').privacy },
      }),
    expected: notValid('integrity.changed'),
  },
  {
    id: 'bundle-envelope-hidden',
    done: 'The digest of the PDF hidden as if it were a field of the content',
    why: 'Without the envelope nobody can tell issuer, chain or file: a holder may not hide it',
    make: ({ sound }) => json(withEnvelopeHidden(sound.bundle)),
    expected: cannotTell('integrity.envelope-field-hidden'),
  },
  {
    id: 'bundle-proof-of-sibling',
    done: 'The proof of a sibling of the same batch',
    why: 'It leads to the right root from the wrong leaf',
    make: ({ sound, sibling }) =>
      json(
        edited(sound.bundle, ({ document: { signature } }) => {
          signature.proof = [...signature.proof.slice(0, 1), ...sibling.bundle.document.signature.proof.slice(1)];
        }),
      ),
    expected: notValid('inclusion.proof-broken'),
  },
  {
    id: 'bundle-proof-too-long',
    done: 'One hash more at the end of the proof, and the root that follows from it',
    why: 'A longer proof makes a root of any number of trees: the root must be anchored, and is not',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ document: { signature } }) => {
          signature.proof.push('cd'.repeat(32));
        }),
      ),
    expected: notValid('inclusion.proof-broken'),
  },
  {
    id: 'bundle-proof-endless',
    done: 'A proof of a thousand hashes',
    why: 'Each hash costs a question to the chain: whoever asks must not be made to ask for ever',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ document: { signature } }) => {
          signature.proof = Array.from({ length: 1_000 }, () => signature.merkleRoot);
        }),
      ),
    expected: notValid('inclusion.proof-broken'),
    otherwise: {
      server: because('It refuses more than it would ask the chain about', refused('verification.bundle-too-large')),
    },
  },
  {
    id: 'bundle-without-doc-id-sibling',
    done: 'The docId, first sibling of the leaf, taken out of the proof',
    why: 'Then nothing on the chain ties the leaf to the printed address',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ document: { signature } }) => {
          signature.proof.shift();
        }),
      ),
    expected: notValid('inclusion.doc-id-not-paired'),
  },
  {
    id: 'bundle-inner-node-as-leaf',
    done: 'An inner node of the tree given out as the leaf, with the rest of the proof',
    why: 'The second-preimage attack on Merkle trees: 64 bytes that hash to an inner node as if they were a document',
    make: ({ sound }) => json(withInnerNodeAsLeaf(sound.bundle)),
    expected: notValid('inclusion.doc-id-not-paired', 'integrity.changed'),
  },
  {
    id: 'bundle-other-doc-id',
    done: 'The docId beside the document replaced by that of a sibling',
    why: 'Readers may take either',
    make: ({ sound, sibling }) => json({ ...sound.bundle, docId: sibling.bundle.docId }),
    expected: notValid('integrity.bundle-mismatch'),
  },
  {
    id: 'bundle-other-address',
    done: 'The address beside the document replaced by that of a sibling',
    why: 'Who follows it is shown a sound document',
    make: ({ sound, sibling }) => json({ ...sound.bundle, documentAddress: sibling.bundle.documentAddress }),
    expected: notValid('integrity.bundle-mismatch'),
  },
  {
    id: 'bundle-pdf-of-sibling',
    done: 'The bundle with the PDF of a sibling beside it',
    why: 'Two genuine things that do not belong together',
    make: ({ sound, sibling }) => pdf(sibling.issued, { bundle: sound.bundle }),
    expected: notValid('integrity.pdf-changed'),
    otherwise: {
      command: because(
        'Of the bundles in a pile it takes the one that fits the file, and none does',
        cannotTell('integrity.not-an-anchored-copy'),
      ),
      browser: because('It takes bundles of a pile as the command does', cannotTell('integrity.not-an-anchored-copy')),
      server: because('It is given the PDF alone, which is the sibling’s and sound', valid('integrity.pdf-holds')),
    },
  },
  {
    id: 'bundle-wrong-count',
    done: 'Another number of entries in the batch than the chain has counted; the depth stays',
    why: 'The place of an anchor in a bundle proves nothing and decides nothing; no judge may repeat it as true',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, first && { batchSize: otherSizeFor(first) });
        }),
      ),
    expected: valid('integrity.holds', 'inclusion.holds', 'anchor.holds'),
  },
  {
    id: 'bundle-wrong-time',
    done: 'The block time of the anchor a year earlier',
    why: 'Bundles from before a reorganisation name another block, and are sound; so the time decides nothing, and no judge may repeat it as true',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { blockTime: '2025-03-05T02:31:00.000Z' });
        }),
      ),
    expected: valid('integrity.holds', 'inclusion.holds', 'anchor.holds'),
  },
  {
    id: 'bundle-other-issue-time',
    done: 'The time of issue, which is under no leaf, a year earlier than the one in the document',
    why: 'The bundle must not say another time than the document',
    make: ({ sound }) =>
      json(
        edited(sound.bundle, ({ events: [first] }) => {
          Object.assign(first ?? {}, { at: '2025-03-05T10:30:00+08:00' });
        }),
      ),
    expected: notValid('integrity.bundle-mismatch'),
  },
  {
    id: 'bundle-duplicate-key',
    done: 'A key twice: first with another value, then as issued',
    why: 'Some readers take the first, some the last: the same file says two things',
    make: ({ sound }) => ({ ...json({}), bytes: new TextEncoder().encode(withDuplicateKey(sound.bundle)) }),
    expected: notValid('integrity.malformed'),
    otherwise: { server: because('It refuses such JSON before anything is judged', refused('request.duplicate-key')) },
  },
  {
    id: 'bundle-of-another-version',
    done: 'A version that this verifier does not know',
    why: 'It must be refused, not guessed at',
    make: ({ sound }) => json({ ...sound.bundle, version: 'chopmark.evidence/2' }),
    expected: cannotTell('integrity.not-a-document'),
    otherwise: { server: MALFORMED },
  },
  {
    id: 'oa-document',
    done: 'Nothing: the OpenAttestation document by itself',
    why: 'What other verifiers read, too: a control',
    make: ({ sound }) => json(sound.bundle.document),
    expected: valid('integrity.holds', 'inclusion.holds', 'anchor.holds'),
    otherwise: { server: MALFORMED },
  },
  {
    id: 'oa-document-changed',
    done: 'An OpenAttestation document with one value changed',
    why: 'The same in the form of the standard',
    make: ({ sound }) => json(respelt(sound.bundle.document, /:string:周样宁/, ':string:周样宇')),
    expected: notValid('integrity.changed'),
    otherwise: { server: MALFORMED },
  },
  {
    id: 'oa-document-of-another-root',
    done: 'An OpenAttestation document with target, proof and root of a sibling',
    why: 'Both halves are genuine',
    make: ({ sound, sibling }) => json({ ...sound.bundle.document, signature: sibling.bundle.document.signature }),
    expected: notValid('inclusion.doc-id-not-paired', 'integrity.changed'),
    otherwise: { server: MALFORMED },
  },
];

function withSaltsSwapped(bundle: EvidenceBundle): unknown {
  const text = JSON.stringify(bundle);
  const [first = '', second = ''] = [...text.matchAll(/[0-9a-f-]{36}(?=:string:)/g)].map(([salt]) => salt);
  return JSON.parse(text.replace(first, 'swap').replace(second, first).replace('swap', second));
}

function withEnvelopeHidden(bundle: EvidenceBundle): EvidenceBundle {
  const { pdf: hidden, ...data } = bundle.document.data;
  const { sha256 } = hidden as { readonly sha256: string };
  const privacy = { obfuscatedData: [fieldHash('pdf.sha256', sha256)] };
  return { ...bundle, document: { ...bundle.document, data, privacy } };
}

function withInnerNodeAsLeaf(bundle: EvidenceBundle): EvidenceBundle {
  const { proof } = bundle.document.signature;
  return edited(bundle, (draft) => {
    const { signature } = draft.document;
    signature.targetHash = proof[1] ?? '';
    signature.proof = [...proof.slice(2)];
    draft.leaf = `0x${signature.targetHash}`;
    Object.assign(draft.events[0] ?? {}, { leaf: draft.leaf });
  });
}

function withDuplicateKey(bundle: EvidenceBundle): string {
  const drawer = /"drawer":"[^"]*"/.exec(JSON.stringify(bundle))?.[0] ?? '';
  return JSON.stringify(bundle).replace(drawer, `${drawer.replace('周样宁', '另一人')},${drawer}`);
}

export const evidenceRoom: Room = { name: 'Evidence bundles and OpenAttestation documents', pieces };
