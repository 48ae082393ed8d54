import { buildAnchoredCopy } from '../../../src/proof/index.js';
import { edited, joined, otherSizeFor, resigned, restamped, soundStampOf } from './craft.js';
import { because, cannotTell, notValid, pdf, valid, type Finding, type Piece, type Room } from './piece.js';

/** The service knows each of its documents; what it has not issued it does not judge. */
function unknownHere(
  finding: Finding = cannotTell('document.not-issued-here'),
): Finding & { readonly because: string } {
  return because('It judges PDFs by its own register, and has issued no such document', finding);
}
const KNOWS_BETTER = (finding: Finding): Finding & { readonly because: string } =>
  because('It knows the stamp that belongs there', finding);

const pieces: readonly Piece[] = [
  {
    id: 'stamp-with-proof-of-sibling',
    done: 'Stamped anew by our own rule, with the proof of a sibling from the same batch',
    why: 'Root, batch and block are right; only the way to the root is another document’s',
    make: ({ sound, sibling }) =>
      pdf(
        restamped(sound, ({ signature }) => {
          signature.proof = [...signature.proof.slice(0, 1), ...sibling.bundle.document.signature.proof.slice(1)];
        }),
      ),
    expected: notValid('inclusion.proof-broken'),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'stamp-from-another-store',
    done: 'Stamped with the anchor of another issuer’s store',
    why: 'A root that is really anchored, by somebody else',
    make: ({ sound, foreign }) =>
      pdf(
        restamped(sound, (stamp) => {
          const { proof, merkleRoot } = foreign.bundle.document.signature;
          Object.assign(stamp.signature, { proof: [stamp.signature.proof[0], ...proof.slice(1)], merkleRoot });
          stamp.anchors = structuredClone(soundStampOf(foreign.bundle).anchors) as typeof stamp.anchors;
        }),
      ),
    expected: notValid(
      'anchor.not-anchored',
      'anchor.stamp-mismatch',
      'inclusion.proof-broken',
      'issuer.store-mismatch',
    ),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'stamp-from-another-chain',
    done: 'Stamped as if the root were on a chain that nobody asked about',
    why: 'On a chain of his own a forger can anchor what he likes',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { chainId: 'eip155:99' });
        }),
      ),
    expected: cannotTell('anchor.chain-not-known', 'anchor.stamp-not-checked', 'status.chain-not-known'),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'stamp-with-root-of-another-document',
    done: 'Stamped with proof, root and place of a document from a later batch',
    why: 'The root is really in the issuer’s store; the document is not under it',
    make: ({ sound, later }) =>
      pdf(
        restamped(sound, (stamp) => {
          const { proof, merkleRoot } = later.bundle.document.signature;
          Object.assign(stamp.signature, { proof: [stamp.signature.proof[0], ...proof.slice(1)], merkleRoot });
          stamp.anchors = structuredClone(soundStampOf(later.bundle).anchors) as typeof stamp.anchors;
        }),
      ),
    expected: notValid('inclusion.proof-broken'),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'stamp-with-invented-root',
    done: 'A document of a forger’s own, in the issuer’s store by its own word, with an invented root; signed in the issuer’s name',
    why: 'All of it fits together: only the chain and the certificate give it away',
    make: ({ forged: { inventedRoot } }) => pdf(inventedRoot.anchored),
    expected: notValid('anchor.not-anchored', 'anchor.stamp-mismatch', 'signature.certificate-unknown'),
    otherwise: { server: unknownHere() },
  },
  {
    id: 'stamp-with-stolen-key',
    done: 'The same, signed with the issuer’s own key, which was stolen',
    why: 'The reason for anchoring: a stolen key signs everything, and anchors nothing',
    make: ({ forged: { stolenKey } }) => pdf(stolenKey.anchored),
    expected: notValid('anchor.not-anchored', 'anchor.stamp-mismatch'),
    otherwise: { server: unknownHere() },
  },
  {
    id: 'stamp-with-wrong-time',
    done: 'Stamped with a block time a year earlier; all else is right',
    why: 'Who wants to have owned something earlier needs nothing but this',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { blockTime: '2025-03-05T02:31:00.000Z' });
        }),
      ),
    expected: notValid('anchor.stamp-mismatch'),
  },
  {
    id: 'stamp-with-wrong-block',
    done: 'Stamped with the number of another block',
    why: 'People look it up in an explorer and see nothing there, or something else',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { blockNumber: 1 });
        }),
      ),
    expected: notValid('anchor.stamp-mismatch'),
  },
  {
    id: 'stamp-before-reorg',
    done: 'Stamped with a block that the chain has undone since: the hash of that block is another',
    why: 'The document is sound and the line on it no longer true; a new copy is to be had from whoever issued it',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { blockHash: `0x${'de'.repeat(32)}` });
        }),
      ),
    expected: notValid('anchor.stamp-mismatch'),
  },
  {
    id: 'stamp-with-wrong-transaction',
    done: 'Stamped with the transaction that anchored another batch',
    why: 'A real transaction of the same store, which did something else',
    make: ({ sound, later }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { transactionHash: later.bundle.anchors[0]?.transactionHash });
        }),
      ),
    expected: notValid('anchor.stamp-mismatch'),
  },
  {
    id: 'stamp-with-reverted-transaction',
    done: 'Stamped with a transaction that is in a block, and was reverted',
    why: 'That a transaction is in a block says nothing about what it did',
    make: ({ sound, revertedTransaction }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { transactionHash: revertedTransaction });
        }),
      ),
    expected: notValid('anchor.stamp-mismatch'),
  },
  {
    id: 'stamp-with-wrong-place-in-batch',
    done: 'Stamped with another size of the batch, of another depth',
    why: 'A proof of another length than its place has could lead from an inner node',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { batchSize: 1_000_000 });
        }),
      ),
    expected: notValid('inclusion.anchor-mismatch'),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'stamp-with-wrong-count',
    done: 'Stamped with another number of entries than the chain has counted; the depth stays',
    why: 'The size of a batch proves nothing and decides nothing, and nothing may hang on the count in the store, which whoever anchors can choose',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, first && { batchSize: otherSizeFor(first) });
        }),
      ),
    expected: valid('integrity.append-holds', 'inclusion.holds', 'anchor.stamp-holds'),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'root-with-false-count',
    done: 'A sound document whose root somebody with a stolen relayer key brought to the store first, claiming another number of entries',
    why: 'Whoever may anchor must not be able to spoil what the issuer has issued: a control',
    make: ({ forged: { falseCount } }) => pdf(falseCount.anchored),
    expected: valid('signature.holds', 'inclusion.holds', 'anchor.holds', 'anchor.stamp-holds'),
    otherwise: { server: unknownHere() },
  },
  {
    id: 'stamp-with-other-issue-time',
    done: 'Stamped with a time of issue a minute later than the one in the document',
    why: 'It decides whether the certificate was in force; the time of event 0 is under no leaf',
    make: ({ sound }) =>
      pdf(
        restamped(sound, (stamp) => {
          stamp.issuedAt = new Date(Date.parse(stamp.issuedAt) + 60_000).toISOString();
        }),
      ),
    expected: notValid('integrity.bundle-mismatch'),
    otherwise: { server: KNOWS_BETTER(notValid('integrity.append-changed')) },
  },
  {
    id: 'stamp-without-place',
    done: 'Stamped without block, time and transaction',
    why: 'What a stamp leaves open is no lie: a control',
    make: ({ sound }) =>
      pdf(
        restamped(sound, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { transactionHash: null, blockNumber: null, blockHash: null, blockTime: null });
        }),
      ),
    expected: valid('integrity.append-holds', 'anchor.stamp-holds'),
  },
  {
    id: 'stamp-on-foreign-pdf',
    done: 'A genuine stamp on a file of a forger’s own that awaits one',
    why: 'The stamp is the one that was given out; the page above it is not',
    make: ({ sound, forged: { genuine } }) => pdf(buildAnchoredCopy(genuine.issued, soundStampOf(sound.bundle))),
    expected: notValid('integrity.attachment-changed', 'integrity.changed', 'integrity.pdf-prefix-changed'),
    otherwise: {
      server: because(
        'It judges by its own evidence, not by the data in the file',
        notValid('integrity.attachment-changed', 'integrity.pdf-prefix-changed'),
      ),
    },
  },
  {
    id: 'stamp-with-envelope-of-another-file',
    done: 'The same, with the digest of the forger’s file written into the envelope',
    why: 'Now the stamp fits the file, and no longer the leaf',
    make: ({ sound, forged: { genuine } }) =>
      pdf(
        restamped(
          {
            ...genuine,
            bundle: edited(sound.bundle, (draft) => {
              draft.document.data = { ...draft.document.data, pdf: genuine.bundle.document.data['pdf'] as never };
            }),
          },
          () => undefined,
        ),
      ),
    expected: notValid('integrity.attachment-changed', 'integrity.changed'),
    otherwise: {
      server: because(
        'It judges by its own evidence, not by the envelope in the file',
        notValid('integrity.attachment-changed', 'integrity.pdf-prefix-changed'),
      ),
    },
  },
  {
    id: 'stamp-over-resigned-file',
    done: 'The document signed again by a stranger, and the genuine stamp put behind it',
    why: 'The signature is good for what it covers, and nobody’s whom the issuer knows',
    make: async ({ sound, strangerKey }) =>
      pdf(joined(await resigned(sound.issued, strangerKey), sound.anchored.subarray(sound.issued.length))),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.certificate-unknown'),
  },
];

export const stampsRoom: Room = { name: 'What the stamp says', pieces };
