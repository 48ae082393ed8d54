import { watch } from './service.js';
import type { Page } from './settings.js';

/** The parts of a document's page that the service writes. */
const PARTS = ['service', 'service-details'];

/**
 * Follows a document that waits for the blockchain: when the answer changes, the page shows the new one in its place.
 * A page that opened more than the document's own does stands still, or it would hide that again.
 */
export function followPage({ address, language }: Page): void {
  const { verdict: shown, stands } = document.getElementById('service')?.dataset ?? {};
  if (shown !== 'pending' || stands === 'still' || address === '') {
    return;
  }
  watch({ documentAddress: address }, (said) => {
    const isNews = said !== null && said.verdict !== shown;
    if (isNews) {
      void showNews(`/v/${address.replace(/^.*:/, '')}?lang=${language}`);
    }
    return isNews;
  });
}

/** Takes the service's parts out of a fresh copy of this page: the browser parses it, nothing in it runs. */
async function showNews(path: string): Promise<void> {
  const fresh = await loadPage(path);
  for (const id of PARTS) {
    const [mine, theirs] = [document.getElementById(id), fresh?.getElementById(id)];
    if (mine !== null && theirs != null) {
      mine.replaceWith(document.importNode(theirs, true));
    }
  }
  document.title = fresh?.title ?? document.title;
  const live = document.getElementById('service');
  live?.setAttribute('role', 'status');
}

function loadPage(path: string): Promise<Document | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = 'document';
    request.addEventListener('loadend', () => {
      resolve(request.status === 200 ? request.responseXML : null);
    });
    request.open('GET', path);
    request.send();
  });
}
