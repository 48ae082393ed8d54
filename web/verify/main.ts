import { followPage } from './live-page.js';
import { readPage } from './settings.js';
import { Verifier } from './verifier.js';

const root = document.getElementById('verifier');
if (root !== null) {
  const page = readPage(root);
  document.documentElement.classList.add('scripted');
  new Verifier(page).show();
  followPage(page);
}
