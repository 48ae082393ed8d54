import { encode } from 'uqr';

/** The dark modules of a QR code as runs: `[column, row, length]`, and how many modules a side has. */
export function qrRuns(text) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const runs = [];
  data.forEach((row, y) => {
    for (let x = 0; x < size; x += 1) {
      const start = x;
      while (x < size && row[x]) {
        x += 1;
      }
      if (x > start) {
        runs.push([start, y, x - start]);
      }
    }
  });
  return { runs, size };
}

/** The same as the path of an SVG of `size` units. */
export function qrPath(text) {
  const { runs, size } = qrRuns(text);
  return { path: runs.map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`).join(''), size };
}
