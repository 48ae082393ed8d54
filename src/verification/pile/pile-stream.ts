import { Readable } from 'node:stream';
import type { PileNewsDto } from './pile.dto.js';
import type { OpenPile } from './pile-desk.js';

export const NDJSON = 'application/x-ndjson';
export const EVENT_STREAM = 'text/event-stream';
export type StreamForm = typeof NDJSON | typeof EVENT_STREAM;

/** What a caller wants to follow a pile as; null for one answer at the end. */
export function streamForm(accept: string | undefined): StreamForm | null {
  return [NDJSON, EVENT_STREAM].find((form): form is StreamForm => accept?.includes(form) === true) ?? null;
}

/** Work goes on only while somebody reads, and stops with the file at hand when he leaves. */
export function pileStream(pile: OpenPile, form: StreamForm): Readable {
  const stream = Readable.from(written(pile.news, form === NDJSON ? line : event), { highWaterMark: 1 });
  stream.once('close', () => void pile.close());
  return stream;
}

async function* written(
  news: AsyncGenerator<PileNewsDto, void>,
  write: (news: PileNewsDto) => string,
): AsyncGenerator<string, void> {
  for await (const each of news) {
    yield write(each);
  }
}

function line(news: PileNewsDto): string {
  return `${JSON.stringify(news)}\n`;
}

/** HTML Living Standard, 9.2. */
function event(news: PileNewsDto): string {
  return `event: ${news.type}\ndata: ${JSON.stringify(news)}\n\n`;
}
