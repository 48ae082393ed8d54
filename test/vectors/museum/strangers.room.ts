import { because, cannotTell, refused, type Piece, type Room } from './piece.js';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const NO_PDF = because('It takes files that are PDFs, and says so', refused('verification.not-a-pdf'));
const NOT_HERE = because('It has issued no such document', cannotTell('document.not-issued-here'));

const ENCRYPTED = `%PDF-1.7
1 0 obj
<</Type /Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type /Pages/Kids []/Count 0>>
endobj
xref
0 3
0000000000 65535 f 
0000000009 00000 n 
0000000055 00000 n 
trailer
<</Size 3/Root 1 0 R/Encrypt <</Filter /Standard/V 2/R 3/Length 128/P -44/O <00>/U <00>>>>>
startxref
103
%%EOF
`;

const pieces: readonly Piece[] = [
  {
    id: 'foreign-pdf',
    done: 'A PDF that nobody here has made',
    why: 'Not ours is not the same as false',
    make: () => ({ fileName: 'menu.pdf', bytes: text('%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n%%EOF\n') }),
    expected: cannotTell('integrity.foreign-pdf'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'empty-pdf',
    done: 'A file of no bytes',
    why: 'What a download leaves that failed at once',
    make: () => ({ fileName: 'empty.pdf', bytes: new Uint8Array() }),
    expected: cannotTell('integrity.not-a-document'),
    otherwise: { server: NO_PDF },
  },
  {
    id: 'html-named-pdf',
    done: 'A web page that was saved as a PDF',
    why: 'What portals hand out when the session is over',
    make: () => ({ fileName: 'invoice.pdf', bytes: text('<!DOCTYPE html><title>请登录</title>') }),
    expected: cannotTell('integrity.not-a-document'),
    otherwise: { server: NO_PDF },
  },
  {
    id: 'ten-megabytes-of-zeros',
    done: 'Ten megabytes of zeros',
    why: 'It must be told quickly, and without more memory than it has bytes',
    make: () => ({ fileName: 'zeros.pdf', bytes: new Uint8Array(10 * 1024 * 1024) }),
    expected: cannotTell('integrity.not-a-document'),
    otherwise: { server: NO_PDF },
  },
  {
    id: 'ten-megabytes-of-headers',
    done: 'A header, and ten megabytes that look like the beginning of a stamp over and over',
    why: 'Whoever looks for a stamp must not look for ever',
    make: () => ({ fileName: 'stamps.pdf', bytes: text(`%PDF-1.7\n${'/V ({"'.repeat(1_700_000)}`) }),
    expected: cannotTell('integrity.incomplete-pdf'),
  },
  {
    id: 'encrypted-pdf',
    done: 'A PDF with a password',
    why: 'It cannot be looked into: nothing is known of it',
    make: () => ({ fileName: 'secret.pdf', bytes: text(ENCRYPTED) }),
    expected: cannotTell('integrity.foreign-pdf'),
    otherwise: { server: NOT_HERE },
  },
  {
    id: 'not-json',
    done: 'An evidence bundle that was cut off',
    why: 'Half of a bundle proves nothing',
    make: ({ sound }) => ({ fileName: 'evidence.json', bytes: text(JSON.stringify(sound.bundle)).subarray(0, 1_000) }),
    expected: cannotTell('integrity.not-a-document'),
    otherwise: { server: because('It reads JSON before anything else', refused('request.body-not-json')) },
  },
  {
    id: 'deep-json',
    done: 'JSON of a hundred thousand arrays inside each other',
    why: 'Whoever walks through it must not fall off the stack',
    make: () => ({ fileName: 'evidence.json', bytes: text('['.repeat(100_000) + ']'.repeat(100_000)) }),
    expected: cannotTell('integrity.not-a-document'),
    otherwise: { server: because('It reads JSON before anything else', refused('request.body-too-deep')) },
  },
];

export const strangersRoom: Room = { name: 'What is none of ours', pieces };
