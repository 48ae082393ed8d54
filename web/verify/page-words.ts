import type { CopyWords } from './dom.js';
import type { Headline } from './headline.js';
import type { ListsState } from './found.js';
import type { Refusal, Step } from './materialise/wallet.js';

type Titled = { readonly title: string; readonly sentence: string };

/** All that the script says, the sentences of facts aside. */
export type Words = {
  readonly drop: {
    readonly title: string;
    readonly privacy: string;
    readonly zone: string;
    readonly choose: string;
    readonly types: string;
    readonly working: (done: number, all: number) => string;
    readonly tooMany: (most: number) => string;
    readonly tooLarge: (name: string, megabytes: number) => string;
  };
  readonly scan: {
    readonly title: string;
    readonly camera: string;
    readonly stop: string;
    readonly image: string;
    readonly aim: string;
    readonly noCamera: string;
    readonly noCode: string;
    readonly notOurs: string;
    readonly loading: string;
    readonly found: string;
    readonly open: string;
  };
  readonly nodes: {
    readonly title: string;
    readonly explained: string;
    readonly label: string;
    readonly save: string;
    readonly saved: string;
    readonly own: (count: number) => string;
    readonly given: (count: number) => string;
    readonly none: string;
  };
  readonly headlines: Readonly<Record<Headline, Titled>>;
  readonly report: {
    readonly browser: string;
    readonly browserExplained: string;
    readonly service: string;
    readonly serviceExplained: string;
    readonly serviceAsking: string;
    readonly serviceSilent: string;
    readonly serviceVerdicts: Readonly<Record<'valid' | 'pending' | 'not-valid' | 'cannot-tell', string>>;
    readonly serviceUnknown: string;
    readonly servicePage: string;
    readonly expectedAt: string;
    readonly watching: string;
    readonly disagree: string;
    readonly facts: string;
    readonly trusted: string;
    /** Before the digest of a certificate. */
    readonly certificate: string;
    readonly listedAt: (at: string, until: string) => string;
    readonly document: string;
    readonly says: string;
    readonly issuer: string;
    readonly domain: string;
    readonly store: string;
    readonly address: string;
    readonly digest: string;
    readonly asked: (nodes: number) => string;
    readonly askedNone: string;
    readonly otherDocument: string;
    readonly back: string;
    readonly print: string;
    readonly unnamed: string;
  };
  readonly map: {
    readonly title: string;
    readonly explained: string;
    readonly north: string;
    readonly metres: (count: number) => string;
  };
  readonly pile: {
    readonly title: (count: number) => string;
    readonly all: string;
    readonly filter: string;
    readonly file: string;
    readonly result: string;
    readonly document: string;
    readonly service: string;
    readonly duplicate: (of: string) => string;
    readonly sameDocument: (of: string) => string;
    readonly details: string;
    readonly detailsOf: (name: string) => string;
    readonly csv: string;
    readonly clear: string;
    readonly duplicates: (count: number) => string;
  };
  readonly materialise: {
    readonly title: string;
    readonly explained: string;
    readonly cost: (chain: string) => string;
    readonly noWallet: string;
    /** `name` is empty where the wallet does not say it. */
    readonly withWallet: (name: string) => string;
    readonly steps: Readonly<Record<Step, string>>;
    readonly refusals: Readonly<Record<Refusal, (chain: string) => string>>;
    readonly done: string;
    readonly doneExplained: string;
    readonly foreign: string;
    readonly foreignExplained: string;
    readonly command: string;
    readonly commandExplained: string;
  };
  readonly disclosure: {
    /** Under the headlines, of what is no file that was issued. */
    readonly sentences: Readonly<Partial<Record<Headline, string>>>;
    readonly all: string;
    readonly disclosed: string;
    readonly hidden: (count: number) => string;
    readonly hiddenExplained: string;
    /** Before the names of fields that are hidden for certain. */
    readonly among: string;
    readonly comma: string;
    readonly linkName: string;
    readonly broken: string;
    readonly make: string;
    readonly explained: string;
    readonly makeButton: string;
    readonly nothingHidden: string;
    readonly noEvidence: string;
    readonly made: (count: number) => string;
    /** Before the names of fields that are shown and repeat what is hidden. */
    readonly repeats: string;
    readonly link: string;
    readonly tooLong: string;
    readonly file: string;
    readonly notThePdf: string;
  };
  readonly lists: {
    readonly allow: string;
    readonly explained: string;
    readonly states: Readonly<Record<Exclude<ListsState, 'not-needed'>, string>>;
  };
  readonly copying: CopyWords;
  readonly printed: {
    readonly button: string;
    readonly title: string;
    readonly checkedAt: string;
    readonly counts: string;
    readonly twice: string;
    readonly none: string;
    readonly sum: string;
    readonly nodes: string;
    readonly authorities: string;
    readonly no: string;
    readonly number: string;
    readonly issuedOn: string;
    readonly amount: string;
    readonly meaning: string;
    readonly noPlatform: string;
  };
  readonly alone: { readonly save: string; readonly explained: string; readonly needsFile: string };
};
