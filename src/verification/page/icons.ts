import type { Outcome, Verdict } from '../../proof/index.js';
import { html, type Markup } from './html.js';

/** Pictures beside words: the words stand next to them, so they are hidden from those who listen. */
function icon(shape: Markup): Markup {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <circle class="disc" cx="12" cy="12" r="12" />
    ${shape}
  </svg>`;
}

const CHECK = icon(html`<path class="stroke" d="M6.5 12.5l3.6 3.6 7.4-8" />`);
const CROSS = icon(html`<path class="stroke" d="M8 8l8 8M16 8l-8 8" />`);
const CLOCK = icon(html`<path class="stroke" d="M12 6.5V12l3.8 2.4" />`);
const QUESTION = icon(
  html`<path class="stroke" d="M9.2 9.4a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.1-1.5 2.2" /><circle
      class="dot"
      cx="12"
      cy="17.4"
      r="1.25"
    />`,
);
const DASH = icon(html`<path class="stroke" d="M7.5 12h9" />`);

export const VERDICT_ICONS: Readonly<Record<Verdict, Markup>> = {
  valid: CHECK,
  pending: CLOCK,
  'not-valid': CROSS,
  'cannot-tell': QUESTION,
};

export const OUTCOME_ICONS: Readonly<Record<Outcome, Markup>> = {
  holds: CHECK,
  fails: CROSS,
  unknown: QUESTION,
  'not-applicable': DASH,
};

export const PENDING_ICON = CLOCK;

/** The mark of the house: a merchant's stamp. */
export const CHOP = html`<svg class="chop" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <rect x="1" y="1" width="30" height="30" rx="5" fill="#9b1c1c" />
  <rect x="4" y="4" width="24" height="24" rx="3" fill="none" stroke="#fff" stroke-width="1.6" />
  <path d="M9 16.6l4.6 4.6L23.4 11" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="square" />
</svg>`;

/** The same as an address, for the tab of the browser. */
export const FAVICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E' +
  '%3Crect width=%2232%22 height=%2232%22 rx=%226%22 fill=%22%239b1c1c%22/%3E' +
  '%3Cpath d=%22M8 16.6l5 5L24 11%22 fill=%22none%22 stroke=%22%23fff%22 stroke-width=%223.4%22/%3E%3C/svg%3E';
