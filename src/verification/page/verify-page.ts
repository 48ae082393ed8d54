import type { ReferenceProblem } from '../document-reference.js';
import { html, type Markup } from './html.js';
import type { Language } from './language.js';
import { layOut } from './layout.js';
import { numberForms, type TypedForm } from './number-form.js';
import { verifierView, type Scripted } from './verifier-view.js';
import type { Questions } from '../read-questions.js';
import { TEXTS } from './texts.js';

export type VerifyForm = {
  /** What was typed, to be corrected. */
  readonly address?: string | undefined;
  readonly addressProblem?: ReferenceProblem['code'] | undefined;
  readonly isFileMissing?: boolean;
  /** What was looked for by its number, and not found. */
  readonly typed?: TypedForm | undefined;
};

/** What the page has besides: what may be asked about by number, and the script. */
export type VerifyPage = VerifyForm & {
  readonly questions?: readonly Questions[];
  readonly scripted?: Scripted | null;
};

/** `/verify`: forms, and the script that needs none of them. */
export function verifyPage(
  language: Language,
  { questions = [], scripted = null, ...problems }: VerifyPage = {},
): string {
  const { form, honesty } = TEXTS[language];
  const content = html`<div class="intro">
      <h1>${form.title}</h1>
      <p>${form.intro}</p>
    </div>
    ${verifierView(scripted, { language })}
    <div class="columns" id="forms">${fileForm(language, problems)} ${addressForm(language, problems)}</div>
    ${questions.length === 0 ? null : numberForms(questions, language, problems.typed)}
    <p class="note">${honesty.noPlatform}</p>`;
  return layOut({ language, title: form.title, content, path: '/verify' });
}

function fileForm(language: Language, { isFileMissing = false }: VerifyForm): Markup {
  const { form } = TEXTS[language];
  const problem = isFileMissing ? form.noFile : null;
  return html`<section class="card" aria-labelledby="by-file" id="file-form">
    <h2 id="by-file">${form.byFile}</h2>
    <form method="post" action="/verify?lang=${language}" enctype="multipart/form-data">
      <label for="file">${form.fileLabel}</label>
      <p class="hint" id="file-hint">${form.fileHint}</p>
      ${errorView('file-error', problem)}
      <input
        id="file"
        name="file"
        type="file"
        accept="application/pdf,.pdf"
        multiple
        required
        ${described('file', problem)}
      />
      <button type="submit">${form.fileButton}</button>
    </form>
    <p class="note">${form.privacy}</p>
  </section>`;
}

function addressForm(language: Language, { address = '', addressProblem }: VerifyForm): Markup {
  const { form, problems } = TEXTS[language];
  const problem = addressProblem === undefined ? null : problems[addressProblem];
  return html`<section class="card" aria-labelledby="by-address">
    <h2 id="by-address">${form.byAddress}</h2>
    <form method="get" action="/verify">
      <input type="hidden" name="lang" value="${language}" />
      <label for="address">${form.addressLabel}</label>
      <p class="hint" id="address-hint">${form.addressHint}</p>
      ${errorView('address-error', problem)}
      <input
        class="mono"
        id="address"
        name="address"
        type="text"
        value="${address}"
        maxlength="300"
        required
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        placeholder="0x…"
        ${described('address', problem)}
      />
      <button type="submit">${form.addressButton}</button>
    </form>
  </section>`;
}

function errorView(id: string, text: string | null): Markup | null {
  return text === null ? null : html`<p class="error" id="${id}" role="alert">${text}</p>`;
}

function described(field: string, problem: string | null): Markup {
  return problem === null
    ? html`aria-describedby="${field}-hint"`
    : html`aria-invalid="true" aria-describedby="${field}-error ${field}-hint"`;
}
