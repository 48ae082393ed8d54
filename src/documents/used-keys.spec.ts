import { describe, expect, it } from 'vitest';
import type { DocumentId, IssuedDocument } from './document.js';
import { IdempotencyKeyReused, RequestSerialNoReused } from './documents.errors.js';
import { requestHash, serialOf } from './idempotency.js';
import { leadersOf, UsedKeys, type Recognisable } from './used-keys.js';

const document = (id: string): IssuedDocument => ({
  id: id as DocumentId,
  number: '1',
  documentAddress: '0x',
  issuedAt: new Date(0),
});

/** A request of some content, under a key and a serial. */
function request(content: string, key?: string, reference?: string): Recognisable {
  const serial = serialOf(reference, 'kind', content);
  return {
    ...(key !== undefined && { idempotency: { key, requestHash: requestHash('kind', content) } }),
    ...(serial && { serial }),
  };
}

describe('used keys', () => {
  it('answer a request by its key or by its serial, whichever is known, and remember the other', () => {
    const used = new UsedKeys(new Map());
    expect(used.answer(request('a', 'K1', 'S1'))).toBeUndefined();
    used.add(request('a', 'K1', 'S1'), document('1'));
    for (const repeat of [request('a', 'K1'), request('a', undefined, 'S1'), request('a', 'K2', 'S1')]) {
      expect(used.answer(repeat)).toEqual({ ok: true, value: document('1') });
    }
    expect(used.added().map(({ key, documentId }) => [key, documentId])).toEqual([
      ['K1', '1'],
      ['K2', '1'],
      ['request-serial-no S1', '1'],
    ]);
  });

  it('tell which of the two was used for other content, and remember nothing then', () => {
    const used = new UsedKeys(new Map());
    used.add(request('a', 'K1', 'S1'), document('1'));
    const errorOf = (asked: Recognisable): unknown => {
      const answer = used.answer(asked);
      return answer?.ok === false ? answer.error : undefined;
    };
    expect(errorOf(request('b', 'K1', 'S9'))).toBeInstanceOf(IdempotencyKeyReused);
    expect(errorOf(request('b', 'K9', 'S1'))).toBeInstanceOf(RequestSerialNoReused);
    expect(used.added()).toHaveLength(2);
  });

  it('know no serial by a key of the same text', () => {
    const used = new UsedKeys(new Map());
    used.add(request('a', 'X'), document('1'));
    expect(used.answer(request('a', undefined, 'X'))).toBeUndefined();
  });
});

describe('of a batch', () => {
  it('the first request of each key and serial decides; what was answered before is nobody’s to decide', () => {
    const used = new UsedKeys(new Map());
    used.add(request('old', 'K0'), document('0'));
    const requests = [
      request('old', 'K0'),
      request('a', 'K1', 'S1'),
      request('a', 'K2', 'S1'),
      request('b', 'K1'),
      request('c', 'K2'),
      request('d'),
      request('d'),
    ];
    const [, first, , , fifth, sixth, seventh] = requests;
    // The third brings K2 along, but decides nothing: the fifth stands for itself.
    expect(leadersOf(requests, used)).toEqual([null, first, first, first, fifth, sixth, seventh]);
  });
});
