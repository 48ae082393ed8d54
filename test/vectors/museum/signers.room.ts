import { edited, resigned, respelt } from './craft.js';
import { because, cannotTell, json, notValid, pdf, valid, type Finding, type Piece, type Room } from './piece.js';

const byRegister = (finding: Finding): Finding & { readonly because: string } =>
  because('It judges PDFs by its own register, and has issued no such document', finding);
const NOT_HERE = byRegister(cannotTell('document.not-issued-here'));

const pieces: readonly Piece[] = [
  {
    id: 'signed-by-stranger',
    done: 'An issued file signed again with the certificate of an authority that nobody knows, in the issuer’s name',
    why: 'Every viewer calls the signature good when its reader trusts the authority',
    make: async ({ sound, strangerKey }) => pdf(await resigned(sound.issued, strangerKey)),
    expected: notValid('signature.certificate-unknown'),
    otherwise: {
      server: because(
        'It has the digest of what was issued',
        notValid('integrity.pdf-changed', 'signature.certificate-unknown'),
      ),
    },
  },
  {
    id: 'signature-stripped',
    done: 'The signature’s place filled with zeros',
    why: 'What is not signed must not pass for signed',
    make: async ({ sound }) => pdf(await resigned(sound.issued, null)),
    expected: notValid('signature.malformed'),
    otherwise: {
      server: because('It has the digest of what was issued', notValid('integrity.pdf-changed', 'signature.malformed')),
    },
  },
  {
    id: 'self-signed',
    done: 'A document really anchored in the issuer’s store, signed with a certificate that signed itself, in the issuer’s name',
    why: 'Whoever can anchor still cannot sign in the issuer’s name',
    make: ({ forged: { selfSigned } }) => pdf(selfSigned.anchored),
    expected: notValid('signature.certificate-unknown'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'unknown-authority',
    done: 'The same with a certificate of an authority that nobody knows',
    why: 'The name in a certificate is worth what its authority is',
    make: ({ forged: { unknownAuthority } }) => pdf(unknownAuthority.anchored),
    expected: notValid('signature.certificate-unknown'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'expired-certificate',
    done: 'The same with a certificate that had run out before the time of issue',
    why: 'An old key is the one that leaks',
    make: ({ forged: { expiredCertificate } }) => pdf(expiredCertificate.anchored),
    expected: notValid('signature.certificate-not-in-force'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'future-certificate',
    done: 'The same with a certificate that was not in force yet',
    why: 'A document that was dated back',
    make: ({ forged: { futureCertificate } }) => pdf(futureCertificate.anchored),
    expected: notValid('signature.certificate-not-in-force'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'anchored-not-signed',
    done: 'A document of a thief’s own, in the issuer’s store by a stolen relayer key, with no signature at all',
    why: 'The limit of what a chain can tell: whoever may anchor in a store issues in its name, until he is found out. That it is not signed is said, and is no fault',
    make: ({ forged: { notSigned } }) => pdf(notSigned.anchored),
    expected: valid('anchor.holds', 'status.holds'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'anchored-not-signed-bundle',
    done: 'The evidence bundle of the same document',
    why: 'The same without a file',
    make: ({ forged: { notSigned } }) => json(notSigned.bundle),
    expected: valid('anchor.holds', 'status.holds'),
    otherwise: {
      server: because(
        'It says who is behind a store only of documents that it has issued',
        cannotTell('issuer.not-checked'),
      ),
    },
  },
  {
    id: 'disowned-root',
    done: 'The same, after the issuer has revoked all roots in his store that are not his',
    why: 'What an issuer does whose relayer key was stolen (`revoke-unknown-roots`): nothing under such a root is valid any more',
    make: ({ forged: { disowned } }) => pdf(disowned.anchored),
    expected: notValid('status.revoked'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'disowned-root-bundle',
    done: 'The evidence bundle of the same document',
    why: 'The same without a file',
    make: ({ forged: { disowned } }) => json(disowned.bundle),
    expected: notValid('status.revoked'),
  },
  {
    id: 'borrowed-name',
    done: 'A document in a store of another issuer, really anchored there, with the name of this issuer in it',
    why: 'Anybody may have a store and write any name into a document',
    make: ({ forged: { borrowedName } }) => pdf(borrowedName.anchored),
    expected: notValid('issuer.name-mismatch', 'signature.certificate-unknown'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'borrowed-name-bundle',
    done: 'The evidence bundle of the same document',
    why: 'Without a file there is no signature to look at: the store alone tells whose it is',
    make: ({ forged: { borrowedName } }) => json(borrowedName.bundle),
    expected: notValid('issuer.name-mismatch'),
    otherwise: {
      server: because(
        'It says who is behind a store only of documents that it has issued',
        cannotTell('issuer.not-checked'),
      ),
    },
  },
  {
    id: 'renamed-issuer',
    done: 'The issuer’s name changed in the envelope of a genuine bundle',
    why: 'The name is under the leaf like everything else',
    make: ({ sound }) =>
      json(respelt(sound.bundle, /("name":"[0-9a-f-]{36}:string:)[^"]+(","documentStore")/, '$1国家税务总局$2')),
    expected: notValid('integrity.changed', 'issuer.name-mismatch'),
  },
  {
    id: 'another-store',
    done: 'The store in the envelope, and that of the anchor, replaced by one of another issuer',
    why: 'So that the root is asked for where the forger can anchor',
    make: ({ sound, foreign }) =>
      json(
        JSON.parse(
          JSON.stringify(sound.bundle).replaceAll(
            sound.bundle.anchors[0]?.store ?? '',
            foreign.bundle.anchors[0]?.store ?? '',
          ),
        ),
      ),
    expected: notValid('anchor.not-anchored', 'integrity.changed', 'issuer.name-mismatch'),
    otherwise: {
      server: because(
        'It says who is behind a store only of documents that it has issued',
        notValid('anchor.not-anchored', 'integrity.changed', 'issuer.unknown'),
      ),
    },
  },
  {
    id: 'anchor-of-another-store',
    done: 'The store of the anchor replaced; the envelope names the issuer’s',
    why: 'A verifier that asks the store that the anchor names asks the forger',
    make: ({ sound, foreign }) =>
      json(
        edited(sound.bundle, ({ anchors: [first] }) => {
          Object.assign(first ?? {}, { store: foreign.bundle.anchors[0]?.store });
        }),
      ),
    expected: notValid('issuer.store-mismatch'),
  },
  {
    id: 'genuine-elsewhere',
    done: 'Nothing: really anchored, signed with the issuer’s key, but by another installation than the service asked',
    why: 'A verifier needs no register of documents: a control for those that have none',
    make: ({ forged: { genuine } }) => pdf(genuine.anchored),
    expected: valid('integrity.pdf-holds', 'integrity.append-holds', 'anchor.stamp-holds'),
    otherwise: { server: NOT_HERE },
  },
];

export const signersRoom: Room = { name: 'Who signed and who issued', pieces };
