/** From bytes to a salted digest, a tree, a proof and facts. Pure: it also runs in browsers and in the stand-alone verifier. */
export { readCertificate, signerNameOf } from './certificate.js';
export { blockHashOf, headerOf } from './block-header.js';
export type { BlockHeader } from './block-header.js';
export type { Certificate, SignatureScheme } from './certificate.js';
export { joinBytes } from '../kernel/index.js';
export { readCms } from './cms.js';
export type { CmsSignature } from './cms.js';
export { canonicalJson } from './canonical-json.js';
export type { Json } from './canonical-json.js';
export {
  addressBytes,
  checksumAddress,
  create2Address,
  formatCaip10,
  formatCaip2,
  parseCaip10,
  parseCaip2,
} from './document-address.js';
export type { ChainAccount } from './document-address.js';
export { DER, DerReader } from './der.js';
export { flatten } from './flatten.js';
export type { CoreData, CoreValue, Field, Primitive } from './flatten.js';
export { documentEntry, nodesOnPath, rootFromProof, verifyInclusion } from './inclusion-proof.js';
export type { InclusionClaim } from './inclusion-proof.js';
export { keccak256, keccak256Hex } from './keccak.js';
export {
  HASH_LENGTH,
  buildTree,
  depthOf,
  hashFromHex,
  isSameHash,
  pairHash,
  proofAt,
  proofLength,
} from './merkle-tree.js';
export type { MerkleTree } from './merkle-tree.js';
export {
  AddressMalformed,
  BundleMalformed,
  CannotDisclose,
  CannotRedact,
  EmptyContainer,
  KeyNotAllowed,
  LeavesNotAllowed,
  NotInTree,
  NotSalted,
  SaltsDoNotFit,
  StatusListMalformed,
  StatusListNotBelieved,
  SignatureMalformed,
  ValueNotAllowed,
} from './proof.errors.js';
export {
  SALT_LENGTH,
  digestOf,
  fieldHash,
  fieldHashesOf,
  saltData,
  saltText,
  saltedDigest,
  targetHash,
  unsaltData,
} from './salted-digest.js';
export type { SaltedData, SaltedDigest, SaltedValue } from './salted-digest.js';
export { GROUP_SIZE, TILE_SIZE, partLengths, proofFromTiles, tileCounts, tilesNeededFor, tilesOf } from './tiles.js';
export type { Tile, TilePart, TilePosition } from './tiles.js';
export { disclose } from './disclosure.js';
export { disclosureFragment, LONGEST_DISCLOSURE_FRAGMENT, readDisclosureFragment } from './disclosure-link.js';
export type { Deflate } from './disclosure-link.js';
export { redact, wrapDocument } from './oa-document.js';
export type { DocumentParts, OpenAttestationDocument } from './oa-document.js';
export { ENVELOPE_FIELD_COUNT, ENVELOPE_KEYS, envelopeFields, requireCoreKeys } from './envelope.js';
export type { EnvelopeFacts } from './envelope.js';
export { EVIDENCE_VERSION, parseEvidenceBundle } from './evidence-bundle.js';
export type { AnchorState, EvidenceAnchor, EvidenceBundle, EvidenceEvent } from './evidence-bundle.js';
export { endOf } from './event-status.js';
export type { EventFinding } from './events.check.js';
export { verifyEvidence } from './verify-evidence.js';
export type { Verification, VerifyOptions } from './verify-evidence.js';
export { askingOnce, ChainSilent, DomainSilent, OFFLINE } from './chain-reader.js';
export type {
  AnchorPlace,
  ChainReader,
  ChainReaders,
  ClaimedIssuer,
  IssuerDirectory,
  KnownIssuer,
  NoAnswer,
} from './chain-reader.js';
export { firstKnowing, isIssuerList, issuersByDomain, listedIssuers, txtOverHttps } from './issuer-directories.js';
export type { ListedIssuer, TxtRecords } from './issuer-directories.js';
export { materialisedLeaf, openChains } from './json-rpc/index.js';
export type { OpenedChains, RpcEndpoint, RpcNodeState, RpcTools } from './json-rpc/index.js';
export { DOCUMENT_INIT_CODE_HASH } from './contract-constants.js';
export { examine, readBundle } from './examine.js';
export type { Examination, ExaminationTools, Exhibit, ExhibitKind } from './examine.js';
export { believedStatusLists } from './believed-status-lists.js';
export type { StatusListSource } from './believed-status-lists.js';
export { verdictOf } from './verdict.js';
export { checkPdfSignature, checkSignature } from './signature.check.js';
export type { SignaturePlace, SignatureTrust } from './signature.check.js';
export { checkTimestamp, readTimestamp } from './timestamp.js';
export type { Timestamp } from './timestamp.js';
export type { Fact, Outcome, Question, Verdict } from './verdict.js';
export {
  ANCHORED_COPY_VERSION,
  PdfFile,
  PdfUnreadable,
  STAMP_ALPHABET,
  buildAnchoredCopy,
  openAnchoredCopy,
  readPdf,
  stampCodes,
  stampOf,
} from './anchored-copy/index.js';
export type {
  AnchorStamp,
  CopyFault,
  CopyTools,
  Inflate,
  OpenedCopy,
  PdfAttachment,
  PdfRevision,
  PdfSignature,
  StampedAnchor,
} from './anchored-copy/index.js';
export { verifyCopy } from './verify-copy.js';
export { verifyOaDocument } from './verify-oa-document.js';
export { checkSignatureIn, issuedPartOf } from './pdf-signature.js';
export {
  emptyStatusBits,
  listedValueOf,
  parseStatusListId,
  placeInLists,
  rangeOfList,
  setStatus,
  STATUS_LIST_LENGTH,
  STATUS_SIZE,
  statusAt,
  statusListId,
  statusListLeaf,
} from './status-list.js';
export type { StatusEntry, StatusListName, StatusPurpose } from './status-list.js';
export {
  openStatusList,
  STATUS_LIST_MEDIA_TYPE,
  statusListCredential,
  statusListSigningInput,
  statusListToken,
  statusListUrl,
} from './status-list-credential.js';
export type { StatusList, StatusListTools } from './status-list-credential.js';
export { statusByList, statusEntries, statusesByList } from './status-by-list.js';
export type { ListedDocument, StatusLists } from './status-by-list.js';
export { rawEcdsa } from './verify-signature.js';
