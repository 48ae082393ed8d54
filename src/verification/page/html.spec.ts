import { describe, expect, it } from 'vitest';
import { html } from './html.js';

describe('html', () => {
  it('escapes every value, in text and in attributes', () => {
    expect(html`<p title="${'"\'&'}">${'<b>&amp;</b>'}</p>`.text).toBe(
      '<p title="&quot;&#39;&amp;">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>',
    );
  });

  it('takes its own markup as it is, alone and in lists', () => {
    expect(html`<b>${[1, 2].map((count) => html`<i>${count}</i>`)}</b>`.text).toBe('<b><i>1</i><i>2</i></b>');
  });

  it('writes nothing for null', () => {
    expect(html`<p>${null}</p>`.text).toBe('<p></p>');
  });
});
