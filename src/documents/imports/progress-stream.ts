import { Readable } from 'node:stream';
import { isFinished, type Import } from './import.js';
import { ImportDto } from './imports.dto.js';

/** Server-sent events (HTML Living Standard, 9.2). Stops asking when the stream is destroyed, as it is when the client leaves. */
export function progressStream(progress: AsyncGenerator<Import | null, void>): Readable {
  return Readable.from(eventsOf(progress), { highWaterMark: 1 });
}

async function* eventsOf(progress: AsyncGenerator<Import | null, void>): AsyncGenerator<string, void> {
  for await (const moved of progress) {
    yield moved === null ? ': no news\n\n' : eventOf(moved);
  }
}

function eventOf(moved: Import): string {
  return `event: ${isFinished(moved) ? 'finished' : 'progress'}\ndata: ${JSON.stringify(ImportDto.of(moved))}\n\n`;
}
