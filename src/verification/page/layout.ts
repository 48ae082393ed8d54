import { CHOP, FAVICON } from './icons.js';
import { HTML_LANG, type Language } from './language.js';
import { html, type Markup } from './html.js';
import { STYLE_ELEMENT } from './style.js';
import { TEXTS } from './texts.js';

export type Page = {
  readonly language: Language;
  readonly title: string;
  readonly content: Markup;
  /** Where the same page is in the other language: a path, and `?` with other parameters when there are any. */
  readonly path: string;
  /** Seconds after which the browser asks again. */
  readonly refreshAfter?: number | undefined;
};

/** A whole page around `content`. Fetches nothing, runs nothing. */
export function layOut({ language, title, content, path, refreshAfter }: Page): string {
  const texts = TEXTS[language];
  const other: Language = language === 'zh' ? 'en' : 'zh';
  const switched = `${path}${path.includes('?') ? '&' : '?'}lang=${other}`;
  const page = html`<!doctype html>
    <html lang="${HTML_LANG[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refreshAfter === undefined ? null : html`<meta http-equiv="refresh" content="${refreshAfter}" />`}
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
              <a class="lang" href="${switched}" lang="${HTML_LANG[other]}" hreflang="${HTML_LANG[other]}">
                ${texts.otherLanguage}
              </a>
            </nav>
          </div>
        </header>
        <main id="content" class="wrap">${content}</main>
        <footer><div class="wrap">${texts.footer}</div></footer>
      </body>
    </html> `;
  return page.text;
}
