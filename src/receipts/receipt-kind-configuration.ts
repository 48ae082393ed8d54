import type { AskedFormat } from '../documents/index.js';
import type { ObjectSchema } from './field-schema.js';

/** What a registered kind may be called. */
export const KIND_NAME = /^receipt\.[a-z][a-z0-9-]{1,39}$/;

export type BilingualText = { readonly zh: string; readonly en: string };

/** Which mask an anonymous reader's view of a field goes through. */
export const MASKS = ['name', 'citizen-id', 'mobile', 'bank-account', 'address'] as const;
export type Mask = (typeof MASKS)[number];

/** `write-off`: may be taken back by a negative bill. `final`: never. */
export const LIFE_CYCLES = ['write-off', 'final'] as const;

export type LayoutCell = { readonly field: string; readonly label: BilingualText; readonly span?: string };
export type LayoutColumn = {
  readonly field: string;
  readonly label: BilingualText;
  /** Share of the width, `1` to `12`. */
  readonly share: string;
  readonly align?: 'left' | 'center' | 'right';
};
export type LayoutList = {
  readonly field: string;
  readonly title: BilingualText;
  readonly columns: readonly LayoutColumn[];
};

/** A kind of receipt as an operator describes it: no code, no restart. */
export type ReceiptKindConfiguration = {
  /** `receipt.parking`. */
  readonly name: string;
  readonly titles: BilingualText;
  readonly bill: { readonly category: string; readonly type: string; readonly title: string };
  readonly isSupervised: boolean;
  /** JSON Schema of the particulars. */
  readonly fields: ObjectSchema;
  readonly layout: {
    /** Columns of 其他信息, `1` to `4`. */
    readonly columns: string;
    readonly cells: readonly LayoutCell[];
    readonly lists?: readonly LayoutList[];
  };
  readonly publicFacts?: readonly { readonly field: string; readonly label: BilingualText; readonly mask?: Mask }[];
  /** What a stranger who asks by the number has to know, besides check code and amount. */
  readonly asks?: readonly { readonly field: string; readonly label: BilingualText; readonly format: AskedFormat }[];
  readonly lifeCycle: (typeof LIFE_CYCLES)[number];
};
