import { placesIn } from '../../support/signing.js';
import { joined, overwritten, partsOf, placeOf, streamChanged, withContentChanged, withEntryMoved } from './craft.js';
import { because, cannotTell, notValid, pdf, type Piece, type Room } from './piece.js';

const pieces: readonly Piece[] = [
  {
    id: 'content-byte',
    done: 'One bit changed in what is drawn on the page of an anchored copy',
    why: 'The plainest forgery there is: another amount on the page',
    make: ({ sound }) => pdf(withContentChanged(sound.anchored)),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.digest-mismatch'),
  },
  {
    id: 'content-byte-of-issued-file',
    done: 'The same in an issued file that bears no stamp',
    why: 'Most files people hold were downloaded before the stamp',
    make: ({ sound }) => pdf(withContentChanged(sound.issued)),
    expected: notValid('signature.digest-mismatch'),
    otherwise: {
      server: because(
        'It has the digest of what was issued',
        notValid('integrity.pdf-changed', 'signature.digest-mismatch'),
      ),
    },
  },
  {
    id: 'attachment-byte',
    done: 'One bit changed in the compressed attachment with the core data',
    why: 'Programs read the attachment and people the page; both are under the same digest',
    make: ({ sound }) => pdf(streamChanged(sound.anchored, /\/EmbeddedFile\/Subtype\/application#2fjson/)),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.digest-mismatch'),
  },
  {
    id: 'signature-byte',
    done: 'The last byte of the signature value changed',
    why: 'The place of the signature is the only one that no signature covers',
    make: ({ sound }) => pdf(joined(withSignatureSpoilt(sound.issued), partsOf(sound).append)),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.not-genuine'),
  },
  {
    id: 'signature-room-byte',
    done: 'One digit changed among the zeros that fill the place of the signature up',
    why: 'A viewer reads past it: what hides there would be handed on under a valid signature',
    make: ({ sound }) => pdf(overwritten(sound.anchored, '00>', '01>', placeOf(sound.anchored, '/ByteRange'))),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.malformed'),
  },
  {
    id: 'xref-byte',
    done: 'One bit changed in the cross-reference stream of the issued part',
    why: 'Viewers mend broken cross-references, each in its own way, and may show another object',
    make: ({ sound }) => pdf(withEntryMoved(sound.anchored)),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.digest-mismatch'),
  },
  {
    id: 'header-byte',
    done: 'The version in the first line changed',
    why: 'Nothing on the page changes, and still it is another file',
    make: ({ sound }) => pdf(overwritten(sound.anchored, '%PDF-1.7', '%PDF-1.6')),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.digest-mismatch'),
  },
  {
    id: 'swapped-pages',
    done: 'Two pages in each other’s place in the page tree',
    why: 'Every page is genuine; the order is not what was issued',
    make: ({ later }) => pdf(withPagesSwapped(later.anchored)),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.digest-mismatch'),
  },
  {
    id: 'another-address',
    done: 'The document address in the file overwritten by that of a sibling',
    why: 'Who looks the address up is shown a sound document: the file must be judged, not what it names',
    make: ({ sound, sibling }) =>
      pdf(overwritten(sound.issued, sound.bundle.documentAddress, sibling.bundle.documentAddress)),
    expected: notValid('signature.digest-mismatch'),
    otherwise: {
      server: because(
        'It has the digest of what was issued',
        notValid('integrity.pdf-changed', 'signature.digest-mismatch'),
      ),
    },
  },
  {
    id: 'all-addresses-another',
    done: 'Every mention of the document address that is not compressed in the issued part overwritten by that of a sibling; the stamp is as it was',
    why: 'A QR code and a number that lead to a genuine document on a page that is not it',
    make: ({ sound, sibling }) =>
      pdf(joined(withAddressesOf(sound.issued, sound.documentAddress, sibling.documentAddress), partsOf(sound).append)),
    expected: notValid('integrity.pdf-prefix-changed', 'signature.digest-mismatch'),
  },
  {
    id: 'prefix-of-sibling',
    done: 'The issued part of a sibling under the stamp of this document',
    why: 'Both halves are genuine, and do not belong together',
    make: ({ sound, sibling }) => pdf(joined(sibling.issued, partsOf(sound).append)),
    expected: notValid('integrity.pdf-prefix-changed'),
  },
  {
    id: 'cut-inside-issued',
    done: 'Cut off in the middle of the issued part',
    why: 'What a broken download leaves; nothing in it can be believed, and nothing says that it was forged',
    make: ({ sound }) => pdf(sound.anchored.subarray(0, Math.floor(sound.issued.length / 2))),
    expected: cannotTell('integrity.incomplete-pdf'),
  },
  {
    id: 'bytes-before-header',
    done: 'A line of junk put before the first line',
    why: 'Viewers look for the header in the first kilobyte, and count from there or from the start',
    make: ({ sound }) => pdf(joined('HTTP/1.1 200 OK\r\n\r\n', sound.anchored)),
    expected: notValid('integrity.pdf-prefix-changed'),
  },
  {
    id: 'converted',
    done: 'Line ends turned from LF into CR LF throughout, as by a transfer in text mode',
    why: 'An honest accident that looks like a forgery: it has to be told as what it is, another file',
    make: ({ sound }) => pdf(joined(Buffer.from(sound.anchored).toString('latin1').replaceAll(/\r?\n/g, '\r\n'))),
    expected: notValid('integrity.pdf-prefix-changed'),
  },
];

function withPagesSwapped(bytes: Uint8Array): Uint8Array {
  const [kids = ''] = /\/Kids \[(?:\d+ 0 R ?){2,}\](?=\n>>)/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  const refs = kids.match(/\d+ 0 R/g) ?? [];
  return overwritten(bytes, kids, `/Kids [${[...refs].reverse().join(' ')}]`);
}

/** The last digit of the CMS object that is not of the zeros behind it: its signature value comes last. */
function withSignatureSpoilt(issued: Uint8Array): Uint8Array {
  const file = Buffer.from(issued);
  const { contentsEnd } = placesIn(file);
  let at = contentsEnd - 2;
  while (file[at] === 0x30) {
    at -= 1;
  }
  file[at] = file[at] === 0x31 ? 0x32 : 0x31;
  return file;
}

function withAddressesOf(bytes: Uint8Array, own: string, other: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  placeOf(bytes, own.slice(2));
  return Buffer.from(text.replaceAll(own.slice(2), other.slice(2)), 'latin1');
}

export const issuedBytesRoom: Room = { name: 'The issued bytes', pieces };
