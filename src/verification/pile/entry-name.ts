import type { Entry } from 'yauzl';

const UTF8_FLAG = 0x800;
const LONGEST_NAME = 200;

/**
 * The name of an entry, with `/` between its parts. What does not say that it is UTF-8 mostly is all the same, or was packed
 * on a Chinese Windows: GB 18030.
 */
export function entryName({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const isUtf8 = (generalPurposeBitFlag & UTF8_FLAG) !== 0 || isValidUtf8(fileNameRaw);
  const name = new TextDecoder(isUtf8 ? 'utf-8' : 'gb18030').decode(fileNameRaw);
  return Array.from(name.replaceAll('\\', '/')).slice(0, LONGEST_NAME).join('');
}

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Directories, and what operating systems put into archives without being asked. */
export function isLeftOver(name: string): boolean {
  return name.endsWith('/') || /^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name);
}

/** A name that would lead elsewhere if somebody unpacked it, or that shows itself as another. */
export function isUnsafe(name: string): boolean {
  return (
    name === '' || /^\/|^[a-z]:|\p{Cc}|[\u202a-\u202e\u2066-\u2069]/iu.test(name) || name.split('/').includes('..')
  );
}
