import { append, el } from './dom.js';
import type { Page } from './settings.js';
import { wordsIn, type Words } from './words.js';

/** Reads the text of a QR code in a picture; null where there is none. */
type ReadCode = (picture: ImageData) => Promise<string | null>;

type Detector = { detect(picture: ImageData): Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = (new (options: { formats: string[] }) => Detector) & {
  getSupportedFormats(): Promise<readonly string[]>;
};

/** The browser's own reader where it has one; else ours, which is loaded only then. */
async function openReader(): Promise<ReadCode> {
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: DetectorClass };
  if (Native !== undefined && (await Native.getSupportedFormats()).includes('qr_code')) {
    const detector = new Native({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null;
  }
  const { decodeQR } = await import('qr/decode.js');
  return (picture) => {
    try {
      return Promise.resolve(decodeQR(picture, { timeLimit: 400 }));
    } catch {
      return Promise.resolve(null);
    }
  };
}

/** The document address in the text of a code: our link, or the address itself; null for anything else. */
export function addressIn(text: string): string | null {
  return /(?:^|\/v\/|[:=#/])(0x[0-9a-f]{40})(?![0-9a-f])/i.exec(text.trim())?.[1] ?? null;
}

const WIDEST = 1_600;

function pictureOf(source: CanvasImageSource, width: number, height: number): ImageData | null {
  const scale = Math.min(1, WIDEST / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

/** Camera and pictures. `found` is told the address. */
export function scanCard(page: Page, found: (address: string) => void): HTMLElement {
  const words = wordsIn(page.language);
  const said = el('p', { class: 'hint', role: 'status' });
  const stage = el('div', { class: 'stage' });
  const read = (text: string | null): boolean => {
    const address = text === null ? null : addressIn(text);
    said.textContent =
      address === null ? (text === null ? '' : `${words.scan.notOurs} ${text.slice(0, 200)}`) : words.scan.found;
    if (address !== null) {
      found(address);
    }
    return address !== null;
  };
  const image = el('input', {
    id: 'qr-image',
    type: 'file',
    accept: 'image/*',
    change: (event) => {
      void readImage(event.target as HTMLInputElement, { words, said, read });
    },
  });
  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'scan-title' },
    el('h2', { id: 'scan-title' }, words.scan.title),
    cameraButton(words, { stage, said, read }),
    stage,
    el('div', { class: 'pick' }, image, el('label', { class: 'button quiet', for: 'qr-image' }, words.scan.image)),
    said,
  );
}

type Report = { readonly said: HTMLElement; readonly read: (text: string | null) => boolean };

async function readImage(input: HTMLInputElement, { words, said, read }: Report & { words: Words }): Promise<void> {
  const [file] = input.files ?? [];
  if (file === undefined) {
    return;
  }
  said.textContent = words.scan.loading;
  try {
    const bitmap = await createImageBitmap(file);
    const picture = pictureOf(bitmap, bitmap.width, bitmap.height);
    const text = picture === null ? null : await (await openReader())(picture);
    read(text);
    said.textContent = text === null ? words.scan.noCode : said.textContent;
  } catch {
    said.textContent = words.scan.noCode;
  }
}

function cameraButton(words: Words, at: Report & { stage: HTMLElement }): HTMLElement {
  let camera: AbortController | null = null;
  const button = el('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false' }, words.scan.camera);
  const close = (): void => {
    camera?.abort();
    camera = null;
    button.textContent = words.scan.camera;
    button.setAttribute('aria-pressed', 'false');
  };
  button.addEventListener('click', () => {
    if (camera !== null) {
      close();
      return;
    }
    button.textContent = words.scan.stop;
    button.setAttribute('aria-pressed', 'true');
    const { signal } = (camera = new AbortController());
    openCamera(words, at, close, signal).catch(() => {
      if (!signal.aborted) {
        close();
        at.said.textContent = words.scan.noCamera;
      }
    });
  });
  return button;
}

const BETWEEN_FRAMES_MS = 150;

/**
 * Looks at frame after frame until a code leads somewhere. MUST be told by `turnedOff` when nobody looks any more, also when
 * it has thrown: the camera is let go at that moment, however far it has come.
 */
async function openCamera(
  words: Words,
  { stage, said, read }: Report & { stage: HTMLElement },
  close: () => void,
  turnedOff: AbortSignal,
): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  const video = el('video', { playsinline: true, muted: true, 'aria-label': words.scan.aim }) as HTMLVideoElement;
  const looking: { timer?: ReturnType<typeof setInterval> } = {};
  const end = (): void => {
    clearInterval(looking.timer);
    stream.getTracks().forEach((track) => {
      track.stop();
    });
    stage.replaceChildren();
  };
  if (turnedOff.aborted) {
    end();
    return;
  }
  turnedOff.addEventListener('abort', end);
  append(stage, [video, el('p', { class: 'hint' }, words.scan.aim)]);
  video.srcObject = stream;
  await video.play();
  const readCode = await openReader();
  turnedOff.throwIfAborted();
  looking.timer = lookAt(video, readCode, (text) => {
    if (read(text)) {
      close();
    }
  });
  said.textContent = '';
}

/** Frame after frame, one at a time. */
function lookAt(
  video: HTMLVideoElement,
  readCode: ReadCode,
  found: (text: string) => void,
): ReturnType<typeof setInterval> {
  let isBusy = false;
  return setInterval(() => {
    const picture = isBusy ? null : pictureOf(video, video.videoWidth, video.videoHeight);
    if (picture === null) {
      return;
    }
    isBusy = true;
    void readCode(picture).then((text) => {
      isBusy = false;
      if (text !== null) {
        found(text);
      }
    });
  }, BETWEEN_FRAMES_MS);
}
