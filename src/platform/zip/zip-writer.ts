import { crc32 } from 'node:zlib';

export type ZippedFile = { readonly name: string; readonly bytes: Uint8Array; readonly at: Date };

const UTF8_NAMES = 0x800;
const LARGEST = 0xffff_ffff;

/**
 * Writes a ZIP piece by piece (APPNOTE.TXT 6.3.3, 4.3); holds its directory and no content. The same files give the same bytes on
 * any machine: they are stored as they are, for compressors differ, and times are written in UTC, which the format leaves open.
 */
export class ZipWriter {
  private readonly directory: Buffer[] = [];
  private end = 0;

  /** The bytes of the next file. Throws when the archive would pass 4 GB, which would need another format. */
  add({ name, bytes, at }: ZippedFile): Buffer {
    const encoded = Buffer.from(name);
    const header = Buffer.concat([
      ...[uint(20, 2), uint(UTF8_NAMES, 2), uint(0, 2), dosTime(at), uint(crc32(bytes), 4)],
      ...[uint(bytes.length, 4), uint(bytes.length, 4), uint(encoded.length, 2), uint(0, 2)],
    ]);
    const place = this.end;
    this.directory.push(
      Buffer.concat([uint(0x02014b50, 4), uint(20, 2), header, Buffer.alloc(10), uint(place, 4), encoded]),
    );
    const whole = Buffer.concat([uint(0x04034b50, 4), header, encoded, bytes]);
    this.end += whole.length;
    if (this.end > LARGEST) {
      throw new RangeError('A ZIP of this form ends at 4 GB');
    }
    return whole;
  }

  /** What follows the last file. */
  finish(): Buffer {
    const listed = Buffer.concat(this.directory);
    const count = uint(this.directory.length, 2);
    const size = uint(listed.length, 4);
    return Buffer.concat([listed, uint(0x06054b50, 4), uint(0, 4), count, count, size, uint(this.end, 4), uint(0, 2)]);
  }
}

/** Time, then date, as MS-DOS had them: every other second, from 1980 on. */
function dosTime(at: Date): Buffer {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return Buffer.concat([uint(time, 2), uint(date, 2)]);
}

function uint(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
}
