import { buildAnchoredCopy } from '../../../src/proof/index.js';
import { withObjects, withRepaintedPage } from '../../support/faulty-pdfs.js';
import { digitChangedAt, flippedAt, joined, overwritten, partsOf, placeOf, soundStampOf, withEntryMoved, withObjectReplaced } from './craft.js';
import { because, cannotTell, notValid, pdf, valid, type Piece, type Room } from './piece.js';

const pieces: readonly Piece[] = [
  {
    id: 'append-byte',
    done: 'One bit changed in the drawing of the stamp',
    why: 'The line that people read on the page',
    make: ({ sound }) => pdf(flippedAt(sound.anchored, '> Tj', { from: sound.issued.length, offset: -3 })),
    expected: notValid('integrity.append-changed'),
  },
  {
    id: 'proof-byte',
    done: 'One digit changed in a hash of the stamp’s proof',
    why: 'A proof that is read leniently is no proof',
    make: ({ sound }) =>
      pdf(digitChangedAt(sound.anchored, '"proof":["', { from: sound.issued.length, offset: 10 + 64 + 3 })),
    expected: notValid('inclusion.proof-broken', 'integrity.append-changed'),
    otherwise: { server: because('It judges by its own evidence', notValid('integrity.append-changed')) },
  },
  {
    id: 'append-xref-byte',
    done: 'One bit changed in the cross-reference stream of the stamp',
    why: 'The viewer would take the field from elsewhere',
    make: ({ sound }) =>
      pdf(withEntryMoved(sound.anchored, sound.issued.length)),
    expected: notValid('integrity.append-changed'),
  },
  {
    id: 'status-line-rewritten',
    done: 'The value of `anchor.status` rewritten in the stamp; the proof is as it was',
    why: 'Programs read the value of the field: it must not say what the proof does not',
    make: ({ sound }) => pdf(withStatusRewritten(sound.anchored, sound.issued.length)),
    expected: notValid('integrity.append-changed'),
  },
  {
    id: 'cut-inside-append',
    done: 'Cut off in the middle of the stamp',
    why: 'A broken download: the issued part is whole, and can be said to be',
    make: ({ sound }) => pdf(sound.anchored.subarray(0, Math.floor((sound.issued.length + sound.anchored.length) / 2))),
    expected: notValid('integrity.append-changed'),
  },
  {
    id: 'cut-last-line',
    done: 'The last line, %%EOF, cut off',
    why: 'Viewers do not mind; byte for byte it is another file',
    make: ({ sound }) => pdf(sound.anchored.subarray(0, sound.anchored.length - '%%EOF\n'.length)),
    expected: notValid('integrity.append-changed'),
  },
  {
    id: 'junk-after-append',
    done: 'Bytes without meaning after the last line of the stamp',
    why: 'Viewers ignore them; a second file may hide there',
    make: ({ sound }) => pdf(joined(sound.anchored, '\0\0PK\x03\x04 anything')),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'line-end-after-append',
    done: 'One more line end at the end',
    why: 'The smallest thing that can be added: still not what the issuer gave out',
    make: ({ sound }) => pdf(joined(sound.anchored, '\n')),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'junk-after-issue',
    done: 'Bytes without meaning after an issued file that bears no stamp',
    why: 'The same for the file most people have',
    make: ({ sound }) => pdf(joined(sound.issued, 'anything')),
    expected: notValid('integrity.bytes-after-issue'),
  },
  {
    id: 'page-redrawn',
    done: 'A later revision paints another sum over the page; every issued byte and the stamp are still there',
    why: 'The shadow attack on signed PDFs: signatures in the file still hold for what they cover',
    make: ({ sound }) => pdf(withRepaintedPage(sound.anchored)),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'page-redrawn-without-stamp',
    done: 'The same over an issued file',
    why: 'A viewer that trusts the certification shows no warning before the revision is looked at',
    make: ({ sound }) => pdf(withRepaintedPage(sound.issued)),
    expected: notValid('integrity.bytes-after-issue'),
  },
  {
    id: 'page-redrawn-before-stamp',
    done: 'The page painted over first, and the genuine stamp put behind that',
    why: 'The stamp stands where people look for it, at the end',
    make: ({ sound }) => pdf(joined(withRepaintedPage(sound.issued), partsOf(sound).append)),
    expected: notValid('integrity.append-changed'),
  },
  {
    id: 'status-field-filled-again',
    done: 'A later revision fills `anchor.status` in again',
    why: 'Certification allows form fields to be filled: this field, too',
    make: ({ sound }) =>
      pdf(
        withObjectReplaced(sound.anchored, /\/T ?\(anchor\.status\)|\/T ?\(status\)/, (body) =>
          body.replace(/\/V <[0-9a-f]+>/i, '/V (in force)'),
        ),
      ),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'second-signature',
    done: 'A later revision with a second signature field',
    why: 'Whoever countersigns changes the file; a green tick in the viewer is then about his signature',
    make: ({ sound }) => pdf(withSecondSignature(sound.anchored)),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'two-appends',
    done: 'The stamp twice',
    why: 'A program that stamps what is stamped must not go unseen',
    make: ({ sound }) => pdf(joined(sound.anchored, partsOf(sound).append)),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'append-on-append',
    done: 'The stamp of a sibling after the stamp',
    why: 'Viewers show the last one',
    make: ({ sound, sibling }) => pdf(joined(sound.anchored, partsOf(sibling).append)),
    expected: notValid('integrity.bytes-after-append'),
  },
  {
    id: 'append-of-sibling',
    done: 'The stamp of a sibling, rightly put on the issued file',
    why: 'The proof in it is sound, for another document',
    make: ({ sound, sibling }) => pdf(buildAnchoredCopy(sound.issued, soundStampOf(sibling.bundle))),
    expected: notValid('integrity.attachment-changed', 'integrity.changed', 'integrity.pdf-prefix-changed'),
    otherwise: {
      server: because(
        'It judges by its own evidence, not by the data in the file',
        notValid('integrity.attachment-changed', 'integrity.pdf-prefix-changed'),
      ),
    },
  },
  {
    id: 'append-removed',
    done: 'The stamp cut off: what is left is the file as it was issued',
    why: 'Nothing is wrong with it: a control that no judge may fail',
    make: ({ sound }) => pdf(sound.anchored.subarray(0, sound.issued.length)),
    expected: cannotTell('integrity.not-an-anchored-copy'),
    otherwise: {
      server: because('It has the evidence', valid('integrity.pdf-holds', 'signature.holds', 'anchor.holds')),
    },
  },
  {
    id: 'append-removed-with-bundle',
    done: 'The same with its evidence bundle beside it',
    why: 'With the bundle nobody needs the stamp',
    make: ({ sound }) => pdf(sound.issued, { bundle: sound.bundle }),
    expected: valid('integrity.pdf-holds', 'signature.holds', 'anchor.holds'),
  },
];

function withStatusRewritten(bytes: Uint8Array, from: number): Uint8Array {
  const at = placeOf(bytes, '/V <feff', from);
  return overwritten(bytes, '0041', '0042', at);
}

function withSecondSignature(bytes: Uint8Array): Uint8Array {
  const sizes = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/\/Type ?\/XRef\/Size (\d+)/g);
  const size = Number([...sizes].at(-1)?.[1]);
  const signature =
    '<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached/ByteRange [0 1 2 3]/Contents <30800000>>>';
  const field = `<</Type /Annot/Subtype /Widget/FT /Sig/T (second)/Rect [0 0 0 0]/V ${size} 0 R>>`;
  return withObjects(
    bytes,
    new Map([
      [size, signature],
      [size + 1, field],
    ]),
  );
}

export const appendsRoom: Room = { name: 'After the issued bytes', pieces };
