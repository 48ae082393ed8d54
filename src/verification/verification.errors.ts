import { DomainError } from '../kernel/index.js';
import { PILE_LIMITS } from './pile/pile-limits.js';

/** One file of a request cannot be a document; the others are answered all the same. */
export abstract class FileRefused extends DomainError {
  /** What the answer would be, had the file come alone. */
  abstract readonly status: number;
}

export class NotAPdf extends FileRefused {
  override readonly code = 'verification.not-a-pdf';
  override readonly kind = 'unsupported';
  override readonly status = 415;

  constructor() {
    super('This file is not a PDF. Send the file as you received it, not a picture or a scan of it');
  }
}

export class FileTooLarge extends FileRefused {
  override readonly code = 'verification.file-too-large';
  override readonly kind = 'too-large';
  override readonly status = 413;

  constructor(megabytes: number) {
    super(`This file is larger than ${megabytes} MB`);
  }
}

/** A JSON file that is no evidence bundle, or too large a one. */
export class NoEvidence extends FileRefused {
  override readonly kind = 'invalid';
  override readonly status = 422;

  constructor(
    override readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const ARCHIVE_FAULTS = {
  'archive-unreadable': 'This archive is damaged or not a ZIP; send the files one by one, or pack them again',
  'archive-empty': 'This archive holds no file',
  'archive-too-many': `This archive holds more files than the ${PILE_LIMITS.files} that a pile may have; send them in parts`,
  'archive-nested': 'This is an archive inside an archive; unpack it and send what is in it',
  'entry-encrypted': 'This file is packed with a password; unpack it and send it without',
  'entry-path-unsafe': 'The name of this file leads out of the archive, which honest programs do not write',
  'entry-duplicate-name': 'The archive holds another file of this name; give each a name of its own',
  'entry-overlapping': 'This file shares its bytes with another of the archive, as in a ZIP bomb',
  'entry-swells': 'This file unpacks to more than a hundred times its packed size, as in a ZIP bomb',
  'entry-size-false': 'This file unpacks to another size than the archive says; pack it again',
  'entry-unreadable': 'This file is damaged or packed in a way that is not read here; pack it again as an ordinary ZIP',
  'archive-swells': `The files of this pile unpack to more than the ${PILE_LIMITS.unpackedMegabytes} MB that a pile may have; send them in parts`,
} as const;
export type ArchiveFault = keyof typeof ARCHIVE_FAULTS;
const TOO_LARGE: ReadonlySet<ArchiveFault> = new Set(['archive-too-many', 'archive-swells', 'entry-swells']);

/** Something about an archive, or about one of its entries. */
export class ArchiveRefused extends FileRefused {
  override readonly code: string;
  override readonly kind: 'too-large' | 'invalid';
  override readonly status: number;

  constructor(fault: ArchiveFault) {
    super(ARCHIVE_FAULTS[fault]);
    this.code = `verification.${fault}`;
    this.kind = TOO_LARGE.has(fault) ? 'too-large' : 'invalid';
    this.status = TOO_LARGE.has(fault) ? 413 : 422;
  }
}

export class NoFileGiven extends DomainError {
  override readonly code = 'verification.no-file';
  override readonly kind = 'malformed';

  constructor() {
    super('The form carries no file: send each PDF as a part named "file"');
  }
}

export class NoSuchAsset extends DomainError {
  override readonly code = 'verification.no-such-asset';
  override readonly kind = 'not-found';

  constructor() {
    super('There is no script of this name; the page that named it is of another version: load it again');
  }
}

export class PileTooLarge extends DomainError {
  override readonly code = 'verification.pile-too-large';
  override readonly kind = 'too-large';

  constructor(limit: string) {
    super(`A pile has at most ${limit}; nothing was verified: send it in parts`);
  }
}

/** Piles cost disk and time: only so many are worked on at once. */
export class TooManyPiles extends DomainError {
  override readonly code = 'verification.busy';
  override readonly kind = 'unavailable';

  constructor() {
    super('Too many piles are being verified here just now; send yours again in a minute');
  }
}

/** This process is told to stop; another one is there or will be soon. */
export class PileInterrupted extends DomainError {
  override readonly code = 'verification.interrupted';
  override readonly kind = 'unavailable';

  constructor() {
    super('The service is being restarted, and not all of the pile was verified; send it again');
  }
}
