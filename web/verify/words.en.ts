import type { Words } from './page-words.js';

export const en: Words = {
  drop: {
    title: 'Check it in your browser',
    privacy:
      'Files never leave your device: digests, proofs and signatures are computed on this page, and only the blockchain nodes of your choice are asked.',
    zone: 'Drop one PDF here, or many',
    choose: 'Choose files',
    types: 'PDF, evidence bundle (JSON). At most 500 at once, of 20 MB each.',
    working: (done, all) => `Checking, ${done} of ${all} done`,
    tooMany: (most) => `At most ${most} files at once; the rest was not checked.`,
    tooLarge: (name, megabytes) => `${name} is larger than ${megabytes} MB and was not checked.`,
  },
  scan: {
    title: 'Scan the QR code',
    camera: 'Use the camera',
    stop: 'Turn the camera off',
    image: 'Read it from a picture',
    aim: 'Hold the QR code of the document into the middle of the picture',
    noCamera: 'The camera cannot be used: there is none, or it was not allowed. Choose a picture of the code instead.',
    noCode: 'There is no QR code to be found in this picture. Try a sharper one that shows it whole.',
    notOurs: 'This QR code leads to no document. It says:',
    loading: 'Loading the reader…',
    found: 'Read. Opening the page of the document…',
    open: 'Open the page of the document',
  },
  nodes: {
    title: 'Blockchain nodes',
    explained:
      'Only the nodes listed here are asked. Give the addresses of nodes that you trust, one a line; of several, what more than half say is believed. Kept in this browser only.',
    label: 'Addresses of nodes (JSON-RPC)',
    save: 'Save',
    saved: 'Saved.',
    own: (count) => (count === 1 ? 'Asks the node you chose' : `Asks the ${count} nodes you chose`),
    given: (count) =>
      count === 1
        ? 'Asks the node that this service suggests; you can name your own'
        : `Asks the ${count} nodes that this service suggests; you can name your own`,
    none: 'No node yet: name one here, or the blockchain cannot be asked',
  },
  headlines: {
    valid: {
      title: 'It holds',
      sentence:
        'The file is unchanged, the organisation it names issued it, its fingerprint is on the blockchain, and it is not revoked.',
    },
    pending: {
      title: 'Waiting for the blockchain',
      sentence: 'Nothing is wrong; the fingerprint has only not been written to the blockchain yet.',
    },
    revoked: { title: 'Revoked', sentence: 'The file is genuine, but its issuer has revoked it. Do not accept it.' },
    superseded: {
      title: 'Replaced',
      sentence: 'The file is genuine, but a newer document has taken its place. Ask for that.',
    },
    'red-lettered': {
      title: 'Reversed',
      sentence: 'The file is genuine, but it was reversed and is no longer in force.',
    },
    'out-of-force': { title: 'No longer in force', sentence: 'The file is genuine, but it is no longer in force.' },
    altered: {
      title: 'Altered after issue',
      sentence: 'This file was altered after it was issued. Do not accept it. What was altered:',
    },
    'not-valid': { title: 'It does not hold', sentence: 'Do not accept this file. This is why:' },
    'without-proof': {
      title: 'No proof in the file',
      sentence:
        'This is the file as issued, which cannot be checked by itself. See below what this service says, or ask for the stamped copy or the evidence bundle.',
    },
    foreign: {
      title: 'Not issued this way',
      sentence: 'There is nothing in the file that could be checked. Somebody else may have issued it: ask them.',
    },
    incomplete: {
      title: 'The file is incomplete',
      sentence:
        'It breaks off before its end, most likely because a download did not finish. Download it again, or ask for the whole file.',
    },
    'issuer-unknown': {
      title: 'The issuer is not confirmed',
      sentence: 'The content is unchanged and on the blockchain, but whose contract holds it could not be confirmed.',
    },
    'chain-unasked': {
      title: 'The blockchain was not asked',
      sentence:
        'Nothing is wrong in the file, but the blockchain could not be asked. See to the nodes above, or your network, and try again.',
    },
    unknown: {
      title: 'We cannot tell',
      sentence: 'A question remains open. This does not mean that the document is false:',
    },
  },
  report: {
    browser: 'What your browser found out by itself',
    browserExplained: 'Computed on your device by this page, without trusting this service.',
    service: 'What this service says',
    serviceExplained: 'Only the document’s address, or its digest, was sent to this service; the file was not.',
    serviceAsking: 'Asking this service…',
    serviceSilent: 'This service gave no answer. What your browser found stands without it.',
    serviceVerdicts: {
      valid: 'By its address, this service holds the original to be valid.',
      pending: 'This service is writing the document to the blockchain.',
      'not-valid': 'This service holds the document to be not valid.',
      'cannot-tell': 'This service cannot tell at present.',
    },
    serviceUnknown: 'This service has no record of the document.',
    servicePage: 'All that this service says',
    expectedAt: 'Expected on the blockchain',
    watching: 'This page will follow by itself.',
    disagree: 'The two do not agree: believe the nodes you trust, and ask the issuer.',
    facts: 'Point by point',
    trusted: 'Authorities that this page came with and believes: ',
    certificate: 'SHA-256 of the signer’s certificate:',
    listedAt: (at, until) => `Status as of ${at}; believed until ${until}.`,
    document: 'Document',
    says: 'What the document says',
    issuer: 'Issuer',
    domain: 'Issuer’s domain',
    store: 'Issuer’s contract',
    address: 'Document address',
    digest: 'SHA-256 of the file',
    asked: (nodes) => (nodes === 1 ? 'One node was asked just now.' : `${nodes} nodes were asked just now.`),
    askedNone: 'No node was asked.',
    otherDocument: 'This is another document: its address is not the one of this page.',
    back: 'Back to the list',
    print: 'Print',
    unnamed: 'unnamed file',
  },
  map: {
    title: 'Where the parcel lies',
    explained: 'Drawn from the boundary points in the file; no map service was used.',
    north: 'N',
    metres: (count) => `${count} m`,
  },
  pile: {
    title: (count) => `${count} files`,
    all: 'All',
    filter: 'Show by result',
    file: 'File',
    result: 'Your browser',
    document: 'Document',
    service: 'This service',
    duplicate: (of) => `the same as ${of}`,
    sameDocument: (of) => `another file with the document address of ${of}`,
    details: 'Details',
    detailsOf: (name) => `Details of ${name}`,
    csv: 'Download CSV',
    clear: 'Clear',
    duplicates: (count) => `${count} of them twice`,
  },
  materialise: {
    title: 'A contract of its own',
    explained:
      'Whoever holds the proof may have a small contract made at the document’s address. From then on the blockchain itself answers there: which document it is, when it was anchored, and whether it is revoked. Nothing that the document says is written.',
    cost: (chain) =>
      `It is one transaction on ${chain}. Your wallet pays the fee and is seen publicly as the sender; the document is as valid without.`,
    noWallet: 'There is no wallet in this browser. The command below does the same.',
    withWallet: (name) => (name === '' ? 'Make it with the wallet' : `Make it with ${name}`),
    steps: {
      connecting: 'Asking the wallet for an account. Look into the wallet.',
      switching: 'The wallet is on another chain than the document; it is asked to switch. Look into the wallet.',
      signing: 'Confirm the transaction in the wallet.',
      waiting: 'Sent. Waiting for a block to take it…',
    },
    refusals: {
      declined: () => 'You declined in the wallet. Nothing was sent.',
      busy: () => 'The wallet still has an earlier question open. Answer it there, then try again.',
      'no-account': () => 'The wallet gave no account. Unlock it and try again.',
      'unknown-chain': (chain) =>
        `The wallet does not know the chain of this document (${chain}). Add it in the wallet with a node you trust, then try again.`,
      'other-chain': (chain) => `The wallet stayed on another chain. Switch it to ${chain} and try again.`,
      reverted: () => 'The chain took the transaction and refused what it asked for. Only the fee was spent.',
      silent: () => 'It was sent, but no block has taken it for long. See in your wallet what became of it.',
      'not-seen': () =>
        'The wallet says it is done, but the nodes chosen above do not see the contract yet. They may lag behind: put the file on the page again in a minute.',
      failed: () => 'The wallet could not send it. It says:',
    },
    done: 'This document has a contract of its own. Any block explorer shows it at the document’s address:',
    doneExplained: 'It answers docId(), leaf(), root(), anchoredAt(), store() and isRevoked().',
    foreign: 'At this document’s address lies a contract that was made with other data. Do not go by what it answers:',
    foreignExplained:
      'Its leaf() is not that of this file. Somebody who could anchor in the issuer’s register has put it there. This file is as valid as without it; please tell the issuer.',
    command: 'Without a wallet: as a command',
    commandExplained: 'For Foundry’s cast; it asks for the key when it runs. Whoever runs it pays the fee.',
  },
  disclosure: {
    sentences: {
      valid:
        'What is shown here stands in the document, unchanged; the organisation named issued it, its fingerprint is on the blockchain, and it is not revoked.',
      revoked: 'What is shown here is genuine, but the issuer has revoked the document. Do not accept it.',
      superseded: 'What is shown here is genuine, but a newer document has taken its place. Ask for that.',
      'red-lettered': 'What is shown here is genuine, but the document was reversed and is no longer in force.',
      'out-of-force': 'What is shown here is genuine, but the document is no longer in force.',
      altered: 'What is shown here is not what was issued. Do not accept it. This is why:',
    },
    all: 'All that the data in it say',
    disclosed: 'What is shown of the document',
    hidden: (count) => (count === 1 ? '1 field is hidden.' : `${count} fields are hidden.`),
    hiddenExplained:
      'Whoever handed this on chose what to show. Hidden fields are part of what was verified; their values cannot be found out.',
    among: 'Among them: ',
    comma: ', ',
    linkName: 'The link you opened',
    broken:
      'The link is damaged or not whole: it may have been cut off on its way. Ask for it again, or for the file; this says nothing about the document.',
    make: 'Show only a part of it to somebody',
    explained:
      'Untick what you want to keep to yourself. What stays verifies like the whole; what is hidden cannot be found out from it. It is made here and sent to nobody.',
    makeButton: 'Make the link and the file',
    nothingHidden: 'Untick at least one field. To show everything, hand on the PDF.',
    noEvidence: 'There is no proof in this file. Take the stamped copy, or put the evidence bundle beside it.',
    made: (count) => (count === 1 ? 'Made, with 1 field hidden.' : `Made, with ${count} fields hidden.`),
    repeats: 'Mind that what you hide can still be read in: ',
    link: 'Link. What it shows stands in the link itself, which browsers send to nobody:',
    tooLong: 'It is too long for a link: hand on the file.',
    file: 'Save as a file',
    notThePdf: 'The PDF shows everything: do not hand it on beside.',
  },
  lists: {
    allow: 'Where files and nodes leave it open, take the issuer’s signed status lists from this service',
    explained:
      'They say as of when a document is in force, and whose contract holds it; they are believed for the issuer’s signature, not for ours. This service then learns the document’s address.',
    states: {
      'not-allowed':
        'The issuer’s signed status list could tell more. You can allow this page to take it from this service, under “Blockchain nodes” above.',
      asked: 'This service gave the issuer’s signed status list.',
      silent:
        'This service was asked for the issuer’s signed status list and gave none: it is out of reach, or has none.',
    },
  },
  copying: { copy: 'Copy', copied: 'Copied.', copyYourself: 'Selected; copy it with your keyboard.' },
  printed: {
    button: 'Print the report, or save it as PDF',
    title: 'Verification report',
    checkedAt: 'Checked',
    counts: 'Results',
    twice: 'Duplicates',
    none: 'none',
    sum: 'Sum of what holds, duplicates not counted',
    nodes: 'Blockchain nodes asked',
    authorities: 'Authorities believed',
    no: 'No.',
    number: 'Number',
    issuedOn: 'Issued on',
    amount: 'Amount',
    meaning:
      'Found by a browser from the files themselves and the blockchain, at the time named: whether each is unchanged, issued by whom it names, recorded and not revoked. Below each result is the SHA-256 of its file. What happened later is not known to this report.',
    noPlatform: 'No state platform, such as the tax authority’s, was asked.',
  },
  alone: {
    save: 'Save this verifier',
    explained:
      'Gives you one HTML file that works without this service: open it, drop a stamped PDF, and it asks only the nodes you choose.',
    needsFile: 'The link names a document; to check it, its PDF is needed. Drop it here:',
  },
};
