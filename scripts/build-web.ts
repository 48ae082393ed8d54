import { buildWeb } from './web/build-web.js';

/** `node scripts/bootstrap.mjs build-web`: the scripts of the public pages, into `dist/web`. */
const { sizes } = await buildWeb('dist/web');
for (const [name, { bytes, compressed }] of Object.entries(sizes)) {
  console.log(`${name.padEnd(32)} ${String(bytes).padStart(8)} bytes, ${String(compressed).padStart(7)} compressed`);
}
