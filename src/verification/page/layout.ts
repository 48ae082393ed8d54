import { CHOP, FAVICON } from './icons.js';
import { HTML_LANG, LANGUAGE_NAMES, LANGUAGES, type Language } from './language.js';
import { html, type Markup } from './html.js';
import { STYLE_ELEMENT } from './style.js';
import { TEXTS } from './texts.js';

export type Page = {
  readonly language: Language;
  readonly title: string;
  readonly content: Markup;
  /** Where the same page is in the other languages: a path, and `?` with other parameters when there are any. */
  readonly path: string;
  /** Seconds after which the browser asks again. */
  readonly refreshAfter?: number | undefined;
  /** Whether a script looks after the page: then only browsers without it ask again. */
  readonly isScripted?: boolean;
};

/** A whole page around `content`, which fetches nothing unless the content does. */
export function layOut({ language, title, content, path, refreshAfter, isScripted = false }: Page): string {
  const texts = TEXTS[language];
  const page = html`<!doctype html>
    <html lang="${HTML_LANG[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refreshAfter === undefined ? null : refreshView(refreshAfter, isScripted)}
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light" />
        <title>${title} · ${texts.brand}</title>
        <link rel="icon" href="${FAVICON}" />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#content">${texts.skip}</a>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="/verify?lang=${language}">
              ${CHOP}<span><strong>${texts.brand}</strong><span>${texts.service}</span></span>
            </a>
            <nav aria-label="${texts.languages}">
              ${LANGUAGES.filter((other) => other !== language).map((other) => languageLink(other, path))}
            </nav>
          </div>
        </header>
        <main id="content" class="wrap">${content}</main>
        <footer><div class="wrap">${texts.footer}</div></footer>
      </body>
    </html> `;
  return page.text;
}

function languageLink(other: Language, path: string): Markup {
  const switched = `${path}${path.includes('?') ? '&' : '?'}lang=${other}`;
  return html`<a class="lang" href="${switched}" lang="${HTML_LANG[other]}" hreflang="${HTML_LANG[other]}"
    >${LANGUAGE_NAMES[other]}</a
  >`;
}

function refreshView(seconds: number, isScripted: boolean): Markup {
  const meta = html`<meta http-equiv="refresh" content="${seconds}" />`;
  return isScripted ? html`<noscript>${meta}</noscript>` : meta;
}
