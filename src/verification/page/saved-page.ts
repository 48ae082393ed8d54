import { createHash } from 'node:crypto';
import { html, Markup } from './html.js';
import { CHOP, FAVICON } from './icons.js';
import { HTML_LANG, type Language } from './language.js';
import { STYLE_ELEMENT, STYLE_SOURCE } from './style.js';
import { TEXTS } from './texts.js';
import type { VerifierSettings } from './verifier-view.js';

/**
 * The verifier as one file that needs no service: script and style stand in it, and its own policy lets it run nothing else
 * and ask nothing but nodes of a chain. `madeOn` is told, since the authorities in it are those of that day.
 */
export function savedPage(
  script: string,
  settings: VerifierSettings,
  { language, madeOn }: { readonly language: Language; readonly madeOn: string },
): string {
  const { brand, service, skip, honesty, saved } = TEXTS[language];
  const page = html`<!doctype html>
    <html lang="${HTML_LANG[language]}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="${policyFor(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light" />
        <title>${saved.title} · ${brand}</title>
        <link rel="icon" href="${FAVICON}" />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#content">${skip}</a>
        <header class="top">
          <div class="wrap">
            <span class="brand"
              >${CHOP}<span><strong>${brand}</strong><span>${service}</span></span></span
            >
          </div>
        </header>
        <main id="content" class="wrap">
          <div class="intro">
            <h1>${saved.title}</h1>
            <p>${saved.intro}</p>
          </div>
          <section
            id="verifier"
            class="stack"
            hidden
            data-alone
            data-language="${language}"
            data-settings="${JSON.stringify(settings)}"
          ></section>
          <noscript><p class="error">${saved.needsScript}</p></noscript>
          <p class="note">${honesty.noPlatform}</p>
        </main>
        <footer><div class="wrap">${saved.madeBy(settings.service, madeOn)}</div></footer>
        ${new Markup(`<script type="module">${script}</script>`)}
      </body>
    </html> `;
  return page.text;
}

/** Whether a script can stand in a page as it is: nothing in it may end the element early. */
export function canStandInPage(script: string): boolean {
  return !/<\/script|<!--/i.test(script);
}

function policyFor(script: string): string {
  return [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    'img-src data:',
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    'connect-src https: http://127.0.0.1:* http://localhost:*',
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}
