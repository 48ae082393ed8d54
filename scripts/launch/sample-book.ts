import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of `samples/`, in the order their requests are sent: a kind is registered before a receipt of it is issued. */
const FAMILIES = ['receipt-kinds', 'invoices', 'receipts', 'certificates'] as const;
type Family = (typeof FAMILIES)[number];

/** What a file of `samples/` says. */
type SampleFile = {
  /** Key of `samples/parties.json`; a kind of receipt is registered by the operator, who is none of them. */
  readonly issuer?: string;
  /** What is done to the document of another sample: the last part of the route. Absent or `first`: a new document. */
  readonly act?: string;
  /** The file, in the same folder, whose document `act` is done to. */
  readonly of?: string;
  readonly request: unknown;
  readonly expected: {
    readonly totalWithTax?: string;
    readonly total?: string;
    /** Why the document is not valid when all samples are issued: the code of its status. */
    readonly outOfForce?: string;
  };
};

export type Sample = SampleFile & { readonly family: Family; readonly file: string };

/**
 * Every request of `samples/`, in the order to send them. Throws when a folder holds what no route is known for: a sample
 * that nobody issues would only look like one.
 */
export function readSamples(folder: string): readonly Sample[] {
  const present = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const unknown = present.filter(({ name }) => !FAMILIES.some((family) => family === name));
  if (unknown.length > 0) {
    throw new Error(`samples/${unknown.map(({ name }) => name).join(', samples/')}: there is no route for these`);
  }
  return FAMILIES.flatMap((family) =>
    readdirSync(join(folder, family))
      .sort()
      .map((file) => ({
        ...(JSON.parse(readFileSync(join(folder, family, file), 'utf8')) as SampleFile),
        family,
        file,
      })),
  );
}

/** `invoices/01-restaurant-meal`: how people call a sample. */
export function nameOf({ family, file }: Pick<Sample, 'family' | 'file'>): string {
  return `${family}/${file.replace(/\.json$/, '')}`;
}

/** Where the request goes; `idOf` tells the id of the document that another sample of the family led to. */
export function routeOf({ family, act, of }: Sample, idOf: (file: string) => string | undefined): string | undefined {
  if (act === undefined || act === 'first') {
    return `/v1/${family}`;
  }
  const id = idOf(of ?? '');
  return id === undefined ? undefined : `/v1/${family}/${id}/${act}`;
}
