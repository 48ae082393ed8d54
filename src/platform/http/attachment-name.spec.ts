import { describe, expect, it } from 'vitest';
import { attachmentNamed } from './attachment-name.js';

describe('the name of a download', () => {
  it('stays as it is in ASCII', () => {
    expect(attachmentNamed('26322000000100000001.pdf')).toBe('attachment; filename="26322000000100000001.pdf"');
  });

  it('is ASCII in the header whatever it says, and read back whole', () => {
    const header = attachmentNamed('湘(2026)"娄底市"不动产权第0000123号.pdf');
    expect(header).toMatch(/^[ -~]+$/);
    expect(decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(header)?.[1] ?? '')).toBe(
      '湘(2026)"娄底市"不动产权第0000123号.pdf',
    );
    expect(header.split('"')).toHaveLength(3);
  });
});
