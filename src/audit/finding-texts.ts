type FindingText = {
  readonly gravity: 'damage' | 'repairable' | 'not-asked';
  readonly means: string;
  readonly todo: string;
};

const RESTORE_ROW =
  'Restore this row from a backup that is older than the damage, and find out who could write to the database.';
const RESTORE_DOCUMENT =
  'Restore the document’s rows from a backup that is older than the damage; until then do not answer for this document.';
const RECONCILE = 'Run `cli reconcile`, read what it would do, then run it with --apply.';

/** Every finding there is. Codes never change their meaning: monitoring and people rely on them. */
export const FINDING_TEXTS = {
  'issuer.key-broken': {
    gravity: 'damage',
    means: 'The issuer’s key does not open, so none of its documents can be checked.',
    todo: 'Run with the MASTER_KEY that the issuer was registered under; if it is that one, restore the issuer’s row.',
  },
  'document.secret-broken': {
    gravity: 'damage',
    means:
      'The document’s secret does not open under its issuer’s key: these bytes were altered, or are another document’s.',
    todo: RESTORE_DOCUMENT,
  },
  'document.core-broken': {
    gravity: 'damage',
    means: 'What the document says does not open under its secret: the stored bytes were altered.',
    todo: RESTORE_DOCUMENT,
  },
  'document.docid-wrong': {
    gravity: 'damage',
    means: 'The stored docId is not the digest of what the document says.',
    todo: RESTORE_ROW,
  },
  'document.address-wrong': {
    gravity: 'damage',
    means:
      'The stored address is not the one that follows from docId and store, so the document cannot be found by its QR code.',
    todo: RESTORE_ROW,
  },
  'document.number-wrong': {
    gravity: 'damage',
    means: 'The number stored beside the document is not the one that the document states.',
    todo: RESTORE_ROW,
  },
  'document.kind-wrong': {
    gravity: 'damage',
    means: 'The document is stored as one of another kind than it says it is.',
    todo: RESTORE_ROW,
  },
  'document.time-wrong': {
    gravity: 'damage',
    means: 'The time stored beside the document is not the one that the document states.',
    todo: RESTORE_ROW,
  },
  'document.status-wrong': {
    gravity: 'damage',
    means: 'The stored status is not the one that the document’s events lead to.',
    todo: RESTORE_ROW,
  },
  'document.given-up': {
    gravity: 'repairable',
    means: 'Drawing the document has failed so often that nobody tries any more; it has a number and no PDF.',
    todo: 'Look up `documents.render_error` and the log line `document.render-failed`, mend the cause, then run `cli reconcile --retry-drawing --apply`.',
  },
  'file.missing': {
    gravity: 'damage',
    means: 'The document counts as drawn, or has the leaf of its PDF, and its issued PDF is not stored.',
    todo: RESTORE_ROW,
  },
  'file.broken': {
    gravity: 'damage',
    means: 'The stored PDF does not open under the document’s secret: its bytes were altered.',
    todo: RESTORE_ROW,
  },
  'file.digest-wrong': {
    gravity: 'damage',
    means: 'The SHA-256 or the length stored beside the PDF is not that of the PDF.',
    todo: RESTORE_ROW,
  },
  'file.unexpected': {
    gravity: 'damage',
    means: 'The document has a PDF and counts as not drawn.',
    todo: RESTORE_ROW,
  },
  'event.missing': {
    gravity: 'damage',
    means: 'An event between others is not there: events of a document are numbered from 0 without a gap.',
    todo: RESTORE_ROW,
  },
  'event.first-wrong': {
    gravity: 'damage',
    means: 'Event 0 is not the issue of the document, or not of the time at which it was issued.',
    todo: RESTORE_ROW,
  },
  'event.payload-broken': {
    gravity: 'damage',
    means: 'What was recorded with the event does not open under the document’s secret: the stored bytes were altered.',
    todo: RESTORE_ROW,
  },
  'event.leaf-missing': {
    gravity: 'damage',
    means: 'The event has no leaf, though the document is drawn, or though a later event has one.',
    todo: RESTORE_ROW,
  },
  'event.leaf-wrong': {
    gravity: 'damage',
    means: 'The stored leaf is not the digest of what the event says: one of the two was altered.',
    todo: RESTORE_ROW,
  },
  'event.previous-leaf-wrong': {
    gravity: 'damage',
    means: 'The event does not name the leaf of the event before it: the chain of events is broken here.',
    todo: RESTORE_ROW,
  },
  'event.given-up': {
    gravity: 'repairable',
    means:
      'Fixing the event’s leaf has failed so often that nobody tries any more; it and what follows it are not anchored.',
    todo: 'Look up the log line `document.event-failed`, mend the cause, then run `cli reconcile --retry-drawing --apply`.',
  },
  'document.end-wrong': {
    gravity: 'damage',
    means:
      'What status lists are made of does not say of the document what its events say: whoever verifies offline is told a lie.',
    todo: 'Restore the document’s row of `document_ends`, and its `status_index`, from a backup; workers then make the list anew.',
  },
  'list.content-wrong': {
    gravity: 'damage',
    means: 'What was kept as the content of this status list is not what follows from the documents that ended.',
    todo: RESTORE_ROW,
  },
  'list.token-wrong': {
    gravity: 'damage',
    means:
      'The signed status list that is served does not open, or says something else than follows from the documents.',
    todo: 'Workers sign it anew within STATUS_LIST_MINUTES. Find out who could write to the database.',
  },
  'list.entry-missing': {
    gravity: 'repairable',
    means: 'What this status list said was never handed over to be anchored, or the row that says so is gone.',
    todo: RECONCILE,
  },
  'entry.missing': {
    gravity: 'repairable',
    means: 'The event’s leaf was never handed over to be anchored, or the row that says so is gone.',
    todo: `${RECONCILE} If it answers that a batch holds the entry already, restore the row of \`anchor_leaves\` from a backup.`,
  },
  'entry.duplicate': {
    gravity: 'damage',
    means: 'The same entry was handed over more than once.',
    todo: 'A unique key is missing from `anchor_leaves`: compare the schema with migrations/schema.sql.',
  },
  'entry.unknown': {
    gravity: 'damage',
    means:
      'What was handed over to be anchored belongs to no event and to no status list: its source was deleted, or somebody wrote it into `anchor_leaves`.',
    todo: 'Find out who could write to the database. If rows were deleted, restore them from a backup. What is anchored stays there, and proves nothing without a document that leads to it.',
  },
  'batch.missing': {
    gravity: 'damage',
    means: 'Entries name a batch that is not there.',
    todo: RESTORE_ROW,
  },
  'batch.leaves-wrong': {
    gravity: 'damage',
    means: 'The batch does not have exactly one entry for each of its places, so its root cannot be derived.',
    todo: 'Restore the rows of `anchor_leaves` of this batch; its tiles of level 0 hold the same hashes in the same order.',
  },
  'batch.root-wrong': {
    gravity: 'damage',
    means: 'The root is not that of the batch’s entries: an entry, its place or the root was altered.',
    todo: 'Compare the entries with the tiles of level 0, and the root with the store’s `Anchored` event; restore what differs.',
  },
  'batch.shape-wrong': {
    gravity: 'damage',
    means: 'The stored size or depth is not that of the batch’s tree, so proofs cannot be cut from it.',
    todo: RESTORE_ROW,
  },
  'tile.missing': {
    gravity: 'repairable',
    means: 'A tile of the batch is not there; proofs of the documents under it cannot be cut.',
    todo: RECONCILE,
  },
  'tile.wrong': {
    gravity: 'repairable',
    means: 'A tile does not hold the hashes that follow from the batch’s entries; proofs cut from it do not verify.',
    todo: RECONCILE,
  },
  'series.gap': {
    gravity: 'damage',
    means: 'Serials of a series were given out and no document has them: a document is missing.',
    todo: 'Restore the missing documents from a backup. If you moved the series ahead after a restore, note these serials as void.',
  },
  'series.behind': {
    gravity: 'damage',
    means:
      'A document has a serial that its series has not given out yet: the next documents would get numbers that exist.',
    todo: 'Stop issuing in this series, restore `number_series` and `number_ranges`, and look who wrote to them.',
  },
  'number.duplicate': {
    gravity: 'damage',
    means: 'Two documents of a series have the same number.',
    todo: 'Open both: the one whose content states another number was altered. Restore its row.',
  },
  'idempotency.dangling': {
    gravity: 'damage',
    means: 'A remembered request points to a document that is not there; whoever repeats it is answered wrongly.',
    todo: 'Restore the document from a backup.',
  },
  'anchor.missing': {
    gravity: 'repairable',
    means: 'The batch is to be anchored on this chain and nothing says that it is, or will be.',
    todo: `${RECONCILE} Workers do the same every ten minutes.`,
  },
  'anchor.not-on-chain': {
    gravity: 'repairable',
    means:
      'The batch counts as anchored and the store does not hold its root: this database or that chain was restored.',
    todo: RECONCILE,
  },
  'anchor.place-wrong': {
    gravity: 'repairable',
    means: 'The store holds the root in another block, at another time, or by another transaction than is stored here.',
    todo: `${RECONCILE} Just after a reorganisation workers do so themselves: look again in a minute.`,
  },
  'anchor.count-wrong': {
    gravity: 'damage',
    means:
      'The root was anchored with another number of entries than its batch has. Proofs do not rest on it, the head does.',
    todo: 'Find out which transaction anchored the root: a relayer’s key may be in wrong hands.',
  },
  'anchor.behind': {
    gravity: 'repairable',
    means: 'The store has held the root for a while, and the batch counts as not anchored.',
    todo: `Look whether workers run. ${RECONCILE}`,
  },
  'chain.store-missing': {
    gravity: 'damage',
    means: 'The issuer has batches and no store of its answers on this chain.',
    todo: 'Run `cli deploy-stores`: the store gets the address that documents print. Then run `cli reconcile`.',
  },
  'chain.root-unknown': {
    gravity: 'damage',
    means:
      'The store holds a root that no batch here has: this database is older than the chain, or somebody else anchors. To whoever asks the chain, documents under it are the issuer’s.',
    todo: 'If a backup was restored, the batches since then are lost here: restore a newer one. Else the key that sent the transaction is in wrong hands: `cli dismiss-relayer`, then `cli revoke-unknown-roots`.',
  },
  'chain.head-wrong': {
    gravity: 'damage',
    means: 'The roots that the store announced, chained in order, do not give its head: the node hides some, or lies.',
    todo: 'Ask another node. A store cannot do this by itself.',
  },
  'revocation.missing': {
    gravity: 'repairable',
    means:
      'The document was revoked, and nothing brings that to the chain: verifiers that ask the chain take it for valid.',
    todo: RECONCILE,
  },
  'revocation.not-on-chain': {
    gravity: 'repairable',
    means: 'The revocation counts as recorded and the store does not hold it.',
    todo: RECONCILE,
  },
  'revocation.unknown': {
    gravity: 'damage',
    means:
      'The store holds a revocation that was never asked for here: this database is older than the chain, or somebody else holds the admin’s key.',
    todo: 'If a backup was restored, record the revocation again. Else hand the admin’s role to a new key.',
  },
  'chain.not-asked': {
    gravity: 'not-asked',
    means: 'The chain could not be asked. That says nothing about what it holds.',
    todo: 'Look at the node, then run this again.',
  },
} as const satisfies Readonly<Record<string, FindingText>>;
