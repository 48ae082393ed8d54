import { Injectable } from '@nestjs/common';
import { DocumentKinds, type LookUp } from '../documents/index.js';

/** What is asked about documents of these kinds: kinds that ask alike share a form. */
export type Questions = LookUp & {
  /** The name of the first of them: stable as long as the kind asks what it asks. */
  readonly id: string;
  readonly kinds: readonly { readonly name: string; readonly title: { readonly zh: string; readonly en: string } }[];
};

/** What those have to know who ask with a number. */
@Injectable()
export class ReadQuestions {
  constructor(private readonly kinds: DocumentKinds) {}

  async execute(): Promise<readonly Questions[]> {
    const forms = new Map<string, Questions>();
    for (const name of await this.kinds.names()) {
      const { lookUp, title } = await this.kinds.get(name);
      const asked = JSON.stringify(lookUp);
      const { id, kinds } = forms.get(asked) ?? { id: name, kinds: [] };
      forms.set(asked, { ...lookUp, id, kinds: [...kinds, { name, title }] });
    }
    return [...forms.values()];
  }
}
