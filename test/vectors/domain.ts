import vectors from './domain.json' with { type: 'json' };

/** One case of the domain rules: `input` obeys the rule or not, and `why`. */
export type DomainVector<Input> = {
  readonly input: Input;
  readonly valid: boolean;
  readonly why: string;
  readonly expected?: string;
  readonly severity?: string;
  readonly parsed?: { readonly number: string; readonly totalFen: number };
};

export type DomainGroup = keyof typeof vectors;

/** Every rule that cases were published for. */
export function domainGroups(): readonly DomainGroup[] {
  return Object.keys(vectors) as DomainGroup[];
}

/** The cases of one rule. The caller names the input's type, which the JSON itself cannot promise. */
export function domainVectors(section: DomainGroup): readonly DomainVector<never>[] {
  return vectors[section] as unknown as readonly DomainVector<never>[];
}
