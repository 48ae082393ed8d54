/**
 * keccak-256 of the creation code of a document's contract: document addresses follow from it. A constant of the contracts,
 * kept here for those who verify without the service; a test compares it with what was compiled.
 */
export const DOCUMENT_INIT_CODE_HASH = '0x819963fa0529db8812dc62f23dae1576c71389815517a04cbbeec6d13af161f5';
