import { expect, it } from 'vitest';
import { pathOfModules } from './qr-code.js';

it('draws each run of dark modules as one rectangle', () => {
  const modules = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, true],
  ];
  expect(pathOfModules(modules)).toBe('0 0 2 1 re 3 0 1 1 re 1 2 3 1 re');
});
