/** What is said about the signature in a PDF. */
export const SIGNATURE_TEXTS = {
  'signature.holds': {
    zh: '文件带有开具方的数字签名，签名完好，证书已为该开具方登记。',
    en: 'The file carries the issuer’s digital signature; it is intact, and its certificate is registered with the issuer.',
  },
  'signature.intact': {
    zh: '文件带有完好的数字签名。没有指定信任哪些证书机构；整个文件连同签名已由开具方的合约存证。',
    en: 'The file carries a digital signature that is intact. No authority was named to judge its certificate by; the issuer’s contract vouches for the whole file, signature included.',
  },
  'signature.no-file': {
    zh: '没有提交 PDF 文件，因此未核对其数字签名。',
    en: 'No PDF was handed in, so there was no signature to check.',
  },
  'signature.not-signed': {
    zh: '该文件不带 PDF 数字签名；真伪由区块链存证确认。',
    en: 'This file carries no PDF signature; the record on the blockchain vouches for it.',
  },
  'signature.not-whole': {
    zh: '数字签名没有覆盖整个文件：签名之后有内容被加入或改动。',
    en: 'The digital signature does not cover the whole file: something was added or moved after signing.',
  },
  'signature.malformed': {
    zh: '文件中的数字签名不成形，无法识别。',
    en: 'The digital signature in the file is malformed.',
  },
  'signature.digest-mismatch': {
    zh: '文件在签名之后被改动过。',
    en: 'The file was changed after it was signed.',
  },
  'signature.certificate-mismatch': {
    zh: '签名所指的证书与随附的证书不符。',
    en: 'The signature names another certificate than the one that comes with it.',
  },
  'signature.not-genuine': {
    zh: '签名不是由所附证书的密钥作出的。',
    en: 'The signature was not made with the key of the certificate that comes with it.',
  },
  'signature.certificate-not-in-force': {
    zh: '开具时，签名所用的证书不在有效期内，或不得用于签名。',
    en: 'When the document was issued, the certificate was not in force, or not meant for signing.',
  },
  'signature.certificate-unknown': {
    zh: '签名所用的证书没有为该开具方登记：签名者可能另有其人。',
    en: 'The certificate is not registered with the issuer: somebody else may have signed.',
  },
  'signature.certificate-not-asked': {
    zh: '签名完好，但无从得知其证书是否属于开具方。',
    en: 'The signature is intact, but nothing tells whether its certificate is the issuer’s.',
  },
  'signature.file-unreadable': {
    zh: '这个文件的结构无法读取，因此未能核对数字签名。',
    en: 'The structure of this file cannot be read, so its signature could not be checked.',
  },
} as const;
