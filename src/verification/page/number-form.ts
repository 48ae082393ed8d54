import type { AskedFact, AskedFormat } from '../../documents/index.js';
import type { Questions } from '../read-questions.js';
import { html, type Markup } from './html.js';
import { inLanguage, type Language } from './language.js';
import { TEXTS } from './texts.js';

/** What was typed into a form of numbers, to be corrected; `form` is the one it was typed into. */
export type TypedForm = { readonly form: string; readonly values: Readonly<Record<string, string>> };

/** Fields of the form: parts of the number and facts have names of their own, which may be alike. */
export const PART_PREFIX = 'part.';
export const FACT_PREFIX = 'fact.';

/** One form for each set of kinds that ask alike, folded up until it is wanted. */
export function numberForms(questions: readonly Questions[], language: Language, typed?: TypedForm): Markup {
  const { form: words } = TEXTS[language];
  return html`<section class="card" aria-labelledby="by-number">
    <h2 id="by-number">${words.byNumber}</h2>
    <p class="hint">${words.numberIntro}</p>
    ${typed === undefined ? null : html`<p class="error" id="number-error" role="alert">${words.noMatch}</p>`}
    ${questions.map((asked, index) => numberForm(asked, { language, index, ...(typed?.form === asked.id && { typed }) }))}
  </section>`;
}

type At = { readonly language: Language; readonly index: number; readonly typed?: TypedForm };

function numberForm({ id, kinds, number, asks }: Questions, at: At): Markup {
  const { language } = at;
  const titles = kinds.map(({ title }) => inLanguage(title, language)).join(language === 'en' ? ', ' : '、');
  const optional = TEXTS[language].form.optional;
  return html`<details class="kind" ${at.typed === undefined ? null : html`open`}>
    <summary>${titles}</summary>
    <form method="post" action="/verify/number?lang=${language}" enctype="multipart/form-data" autocomplete="off">
      <input type="hidden" name="form" value="${id}" />
      ${number.map(({ name, label, isOptional = false }) =>
        field(at, {
          name: PART_PREFIX + name,
          label: inLanguage(label, language) + (isOptional ? optional : ''),
          format: 'code',
          isOptional,
        }),
      )}
      ${asks.map((asked) => factField(asked, at))}
      <button type="submit">${TEXTS[language].form.numberButton}</button>
    </form>
  </details>`;
}

function factField({ name, label, format }: AskedFact, at: At): Markup {
  return field(at, { name: FACT_PREFIX + name, label: inLanguage(label, at.language), format, isOptional: false });
}

type Field = {
  readonly name: string;
  readonly label: string;
  readonly format: AskedFormat;
  readonly isOptional: boolean;
};

function field({ language, index, typed }: At, { name, label, format, isOptional }: Field): Markup {
  const { dateExample, amountExample } = TEXTS[language].form;
  const example = { date: dateExample, amount: amountExample, code: null, name: null }[format];
  const id = `number-${index}-${name}`;
  return html`<label for="${id}">${label}</label>
    ${example === null ? null : html`<p class="hint" id="${id}-hint">${example}</p>`}
    <input
      id="${id}"
      name="${name}"
      type="text"
      value="${typed?.values[name] ?? ''}"
      maxlength="100"
      ${isOptional ? null : html`required`}
      ${format === 'amount' ? html`inputmode="decimal"` : null}
      autocapitalize="off"
      spellcheck="false"
      ${described(id, example !== null, typed !== undefined)}
    />`;
}

function described(id: string, hasHint: boolean, isWrong: boolean): Markup | null {
  const by = [isWrong ? 'number-error' : '', hasHint ? `${id}-hint` : ''].filter((name) => name !== '').join(' ');
  return by === '' ? null : html`aria-describedby="${by}"`;
}
