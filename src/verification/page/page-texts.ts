import type { AnchorState, Verdict } from '../../proof/index.js';
import type { HistoryTexts } from '../../proof/fact-texts/index.js';
import type { ReferenceProblem } from '../document-reference.js';

type VerdictText = { readonly title: string; readonly sentence: string };
type Titled = { readonly title: string; readonly text: string };

/** All that the public pages say, the sentences of facts aside. */
export type PageTexts = {
  readonly brand: string;
  readonly service: string;
  readonly skip: string;
  readonly languages: string;
  readonly verdicts: Readonly<Record<Verdict, VerdictText>>;
  readonly report: {
    readonly result: string;
    readonly checkedAt: string;
    readonly expectedAt: string;
    readonly refreshes: string;
    readonly facts: string;
    readonly document: string;
    readonly masked: string;
    readonly unmasked: string;
    readonly issuer: string;
    readonly issuerDomain: string;
    readonly issuedAt: string;
    readonly documentAddress: string;
    readonly docId: string;
    readonly wholePage: string;
    readonly verifyFile: string;
    readonly verifyAnother: string;
  };
  readonly history: HistoryTexts;
  readonly successor: (number: string) => string;
  /** Before the time of the status list that was believed, and before the end of its time. */
  readonly listedAt: string;
  readonly listedUntil: string;
  /** Before the digest of a certificate. */
  readonly certificate: string;
  readonly anchor: {
    readonly title: string;
    readonly explained: string;
    readonly none: string;
    readonly network: string;
    readonly state: string;
    readonly states: Readonly<Record<AnchorState, string>>;
    readonly store: string;
    readonly root: string;
    readonly leaf: string;
    readonly batchSize: string;
    readonly documents: (count: number) => string;
    readonly proof: string;
    readonly hashes: (count: number) => string;
    readonly transaction: string;
    readonly otherTransaction: string;
    readonly block: string;
    readonly blockTime: string;
  };
  readonly trust: { readonly title: string; readonly intro: string; readonly steps: readonly Titled[] };
  readonly honesty: { readonly title: string; readonly noPlatform: string; readonly sample: string };
  readonly sampleBanner: string;
  readonly footer: string;
  readonly form: {
    readonly title: string;
    readonly intro: string;
    readonly byFile: string;
    readonly fileLabel: string;
    readonly fileHint: string;
    readonly fileButton: string;
    readonly byAddress: string;
    readonly addressLabel: string;
    readonly addressHint: string;
    readonly addressButton: string;
    readonly byNumber: string;
    readonly numberIntro: string;
    readonly numberButton: string;
    readonly optional: string;
    readonly noMatch: string;
    readonly dateExample: string;
    readonly amountExample: string;
    readonly filesTitle: (count: number) => string;
    readonly noFile: string;
    readonly privacy: string;
  };
  readonly problems: Readonly<Record<ReferenceProblem['code'], string>> & {
    readonly notAPdf: string;
    readonly tooLarge: string;
    readonly unreadable: string;
  };
  readonly messages: Readonly<
    Record<'malformed' | 'notFound' | 'badRequest' | 'tooLarge' | 'tooOften' | 'failed', Titled>
  >;
  readonly saved: {
    readonly title: string;
    readonly intro: string;
    readonly needsScript: string;
    readonly madeBy: (service: string, day: string) => string;
    readonly fileName: string;
  };
  readonly chinaTime: (date: string, time: string) => string;
};
