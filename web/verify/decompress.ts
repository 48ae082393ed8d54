import { joinBytes, type Deflate, type Inflate } from '../../src/proof/index.js';

/** The zlib format (RFC 1950). */
export const inflate: Inflate = (bytes, limit) => decompressed('deflate', bytes, limit);

export const gunzip: Inflate = (bytes, limit) => decompressed('gzip', bytes, limit);

/** The zlib format, too. */
export const deflate: Deflate = async (bytes) => {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** Rejects as soon as the result would be longer than `limit` bytes. */
async function decompressed(format: CompressionFormat, bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError('Longer than it may be');
    }
    parts.push(part.value);
  }
  return joinBytes(parts);
}
