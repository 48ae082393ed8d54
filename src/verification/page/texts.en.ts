import { HISTORY_TEXTS } from '../../proof/fact-texts/index.js';
import type { PageTexts } from './page-texts.js';

export const en: PageTexts = {
  brand: 'Chopmark',
  service: 'Document verification',
  skip: 'Skip to the content',
  languages: 'Language',
  verdicts: {
    valid: {
      title: 'Verified',
      sentence:
        'The organisation named below issued this document. It is unchanged, its fingerprint is on the blockchain, and it has not been revoked.',
    },
    pending: {
      title: 'Waiting for the blockchain',
      sentence: 'Nothing is wrong; the document’s fingerprint has only not been written to the blockchain yet.',
    },
    'not-valid': {
      title: 'Not valid',
      sentence: 'Do not accept this document. This is why:',
    },
    'cannot-tell': {
      title: 'We cannot tell',
      sentence: 'A question remains open. This does not mean that the document is false. This is why:',
    },
  },
  report: {
    result: 'What this service says',
    checkedAt: 'Checked',
    expectedAt: 'Expected',
    refreshes: 'This page follows by itself.',
    facts: 'Point by point',
    document: 'What was issued',
    masked: 'Only what may be public is listed; names of people are masked.',
    unmasked:
      'What you typed matches. You therefore read more than others: the whole address and the exact place. Names of people stay masked; the link to this document shows only what may be public.',
    issuer: 'Issuer',
    issuerDomain: 'Issuer’s domain',
    issuedAt: 'Issued',
    documentAddress: 'Document address',
    docId: 'Document id',
    wholePage: 'The whole page of this document',
    verifyFile: 'Check the PDF you hold',
    verifyAnother: 'Verify another document',
  },
  history: HISTORY_TEXTS.en,
  certificate: 'SHA-256 of the signer’s certificate:',
  listedAt: 'Status as of',
  listedUntil: 'believed until',
  successor: (number) => `Number of what followed: ${number}`,
  anchor: {
    title: 'Record on the blockchain',
    explained:
      'The fingerprints of a batch of documents are combined into one root, which is recorded in the issuer’s contract. Nothing that a document says is on the chain.',
    none: 'There is no record yet.',
    network: 'Network',
    state: 'State',
    states: {
      submitted: 'Sent, waiting for a block',
      anchored: 'Recorded, waiting for more blocks',
      confirmed: 'Confirmed',
      final: 'Final, cannot be undone',
    },
    store: 'Issuer’s contract',
    root: 'Root of the batch',
    leaf: 'Leaf of the document',
    batchSize: 'Batch',
    documents: (count) => (count === 1 ? '1 document' : `${count} documents`),
    proof: 'Proof',
    hashes: (count) =>
      count === 0 ? 'none needed, the batch is this document' : count === 1 ? '1 hash' : `${count} hashes`,
    transaction: 'Transaction',
    otherTransaction: 'Another transaction carried it',
    block: 'Block',
    blockTime: 'Recorded at',
  },
  trust: {
    title: 'Check it without trusting us',
    intro: 'You need not believe this page. Anybody can come to the same conclusion:',
    steps: [
      {
        title: 'Get the evidence bundle',
        text: 'Ask the issuer or the holder for it. It is an OpenAttestation v2 document, which existing open-source verifiers read.',
      },
      {
        title: 'Ask the blockchain',
        text: 'With any node or block explorer, ask the issuer’s contract: isIssued(root) must be true, and isRevoked false for the root and for the leaf of the document, which are both named above. The evidence bundle lists the hashes between them, which must not be revoked either.',
      },
      {
        title: 'Derive the address again',
        text: 'The document address follows from the issuer’s contract and the document id by CREATE2 (EIP-1014), and must be the one that is printed.',
      },
    ],
  },
  honesty: {
    title: 'What this page does not say',
    noPlatform:
      'This service only says who issued a document, whether it is unchanged, recorded and not revoked. It asked no state platform, such as the tax authority’s.',
    sample:
      'This issuer holds no state mandate. Its documents are marked 「示例/非法定票据 SAMPLE」: they have no legal effect and cannot be reimbursed, deducted or presented to an authority.',
  },
  footer: 'This page uses no cookies, sends nothing to third parties on its own, and works without its script.',
  sampleBanner: 'Sample / 示例 非法定票据: without legal effect',
  form: {
    title: 'Verify a document',
    intro: 'Hand in the PDF you received, or enter the address printed on it. No account is needed.',
    byFile: 'With the PDF',
    fileLabel: 'PDF files',
    fileHint: 'The file as you received it, not a photo or a scan. At most 20 files of 20 MB each.',
    fileButton: 'Verify files',
    byAddress: 'With the document address',
    addressLabel: 'Document address',
    addressHint: 'Printed at the foot; begins with 0x or eip155:. The link in the QR code will do, too.',
    addressButton: 'Look it up',
    byNumber: 'With the number and what the paper says',
    numberIntro: 'For those who hold only the paper. Choose its kind and copy each item; five tries a minute.',
    numberButton: 'Look up the number',
    optional: ' (optional)',
    noMatch:
      'There is no document with this number and these details. Compare each with the paper; if somebody else issued it, ask them.',
    dateExample: 'For example 2026-03-01',
    amountExample: 'For example 1130.00',
    filesTitle: (count) => (count === 1 ? 'Result for 1 file' : `Results for ${count} files`),
    noFile: 'No file was chosen.',
    privacy: 'Files are used for this verification only and are not kept.',
  },
  problems: {
    'verification.address-malformed':
      'This is not a document address. Give 0x and 40 hexadecimal digits, or eip155:<chain>:0x….',
    'verification.address-checksum':
      'The capitals of this address do not fit: a character is mistyped. Compare it with the printed one.',
    'verification.address-of-another-chain': 'This address is on another blockchain, not one of our documents.',
    notAPdf: 'This is not a PDF. Hand in the file as you received it, not a photo or a scan.',
    tooLarge: 'The file is larger than 20 MB.',
    unreadable: 'What was sent could not be read. Choose the file again.',
  },
  messages: {
    malformed: { title: 'Wrong address', text: 'The link does not contain a document address.' },
    notFound: {
      title: 'There is no such document here',
      text: 'No document with this address was issued here. Compare it with the printed address; if somebody else issued the document, ask them.',
    },
    badRequest: { title: 'What was sent could not be read', text: 'Go back, choose the file again and retry.' },
    tooLarge: { title: 'Too much at once', text: 'At most 20 files of 20 MB each.' },
    tooOften: {
      title: 'Too many requests',
      text: 'Too many came from your network in the last minute. This says nothing about the document; try again in a minute.',
    },
    failed: {
      title: 'We cannot verify right now',
      text: 'Something failed here. This says nothing about the document; try again later.',
    },
  },
  saved: {
    title: 'The verifier, saved',
    intro:
      'This file needs no service: drop a stamped PDF, and it is checked on your device; only the blockchain nodes of your choice are asked.',
    needsScript: 'This page needs its script: allow scripts in your browser and open it again.',
    madeBy: (service, day) => `Saved from ${service} on ${day}; the authorities it trusts are those of that day.`,
    fileName: 'chopmark-verifier.html',
  },
  chinaTime: (date, time) => `${date} ${time} (UTC+08:00)`,
};
