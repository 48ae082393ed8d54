import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as an archive may claim it to be; what is left out is honest. */
export type ZipEntry = {
  /** Bytes where the name is in no Unicode. */
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  /** 8, deflated, unless told. */
  readonly method?: number;
  /** General purpose flags; 0x800, names in UTF-8, unless told. */
  readonly flags?: number;
  readonly declaredSize?: number;
  /** Index of the entry whose bytes it shares instead of having its own. */
  readonly sharesBytesOf?: number;
};

/** A ZIP, byte by byte, so that tests can have ones that no honest program writes (APPNOTE.TXT, 4.3). */
export function zipOf(entries: readonly ZipEntry[], { declaredCount = entries.length } = {}): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let end = 0;
  for (const entry of entries) {
    const { header, packed, name } = headerOf(entry);
    const shared = entry.sharesBytesOf === undefined ? undefined : offsets[entry.sharesBytesOf];
    offsets.push(shared ?? end);
    if (shared === undefined) {
      const local = Buffer.concat([uint(0x04034b50, 4), header, name, packed]);
      body.push(local);
      end += local.length;
    }
    directory.push(
      Buffer.concat([
        uint(0x02014b50, 4),
        uint(20, 2),
        header,
        Buffer.alloc(10),
        uint(shared ?? offsets.at(-1) ?? 0, 4),
        name,
      ]),
    );
  }
  const listed = Buffer.concat(directory);
  const tail = [uint(0x06054b50, 4), uint(0, 4), uint(declaredCount, 2), uint(declaredCount, 2)];
  return Buffer.concat([...body, listed, ...tail, uint(listed.length, 4), uint(end, 4), uint(0, 2)]);
}

/** What the local header and the directory have in common, up to the length of extra fields. */
function headerOf({ name, bytes, method = 8, flags = 0x800, declaredSize = bytes.length }: ZipEntry): {
  header: Buffer;
  packed: Buffer;
  name: Buffer;
} {
  const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
  const encoded = typeof name === 'string' ? Buffer.from(name) : Buffer.from(name);
  const header = Buffer.concat([
    ...[uint(20, 2), uint(flags, 2), uint(method, 2), uint(0, 2), uint(0x21, 2)],
    ...[uint(crc32(bytes), 4), uint(packed.length, 4), uint(declaredSize, 4), uint(encoded.length, 2), uint(0, 2)],
  ]);
  return { header, packed, name: encoded };
}

function uint(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
}
