import { DomainError } from '../kernel/index.js';

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
