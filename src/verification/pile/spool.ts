import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

const CHUNK = 64 * 1024;

/** A part of the spool: where it begins, and its bytes. */
export type Slice = { readonly start: number; readonly length: number };

class SliceReader extends RandomAccessReader {
  constructor(
    private readonly file: FileHandle,
    private readonly slice: Slice,
  ) {
    super();
  }

  /** `end` is not included. Not a stream of `node:fs`: those close the file when they are destroyed, whatever they are told. */
  override _readStreamForRange(start: number, end: number): Readable {
    const last = this.slice.start + Math.min(end, this.slice.length);
    return Readable.from(chunksOf(this.file, this.slice.start + start, last), { objectMode: false });
  }
}

async function* chunksOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer, void> {
  for (let at = start; at < end;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(CHUNK, end - at)), 0, null, at);
    if (bytesRead === 0) {
      return;
    }
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * What somebody hands in, on disk until it is verified, so that memory holds one file at a time. The file has no name: it is
 * unlinked as soon as it is open, so nothing of it can be found beside this process, nor is left when the process dies.
 */
export class Spool {
  private end = 0;

  private constructor(private readonly file: FileHandle) {}

  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `chopmark-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return new Spool(file);
  }

  get size(): number {
    return this.end;
  }

  /** MUST NOT be called again before it has ended. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.file.write(bytes, 0, bytes.length, this.end);
    this.end += bytes.length;
  }

  /** Forgets what was appended after `size` bytes. */
  cutTo(size: number): void {
    this.end = size;
  }

  async read({ start, length }: Slice): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.file.read(bytes, 0, length, start);
    return bytes;
  }

  /** For a reader of archives. Positions count from the beginning of the slice. */
  readerOf(slice: Slice): RandomAccessReader {
    return new SliceReader(this.file, slice);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}
