import type { RenderContext } from '../../src/documents/index.js';
import type { Invoice } from '../../src/invoices/invoice.js';
import type { Sheet } from './sheet.js';

/** One document, in both forms that are drawn from: ours draws `invoice`, a peer `sheet`. */
export type BenchDocument = { readonly invoice: Invoice; readonly context: RenderContext; readonly sheet: Sheet };

/** What the bench asks of a contestant's process: documents from `from` on until `seconds` have passed. */
export type Task = { readonly from: number; readonly seconds: number; readonly atLeast: number };

/** The time of the drawing alone; `cpuMs` with all processes that the contestant started. */
export type Work = {
  readonly documents: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
  /** The first file, base64. */
  readonly first: string;
  readonly residentMegabytes: number;
};
