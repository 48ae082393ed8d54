import type { IssuedDocument } from './document.js';
import type { KnownKey, NewKey } from './documents.repository.js';
import { answeredBefore, type Idempotency } from './idempotency.js';
import { attemptTo, type Outcome } from './micro-batcher.js';

/** A request as far as it can be recognised. */
export type Recognisable = { readonly idempotency?: Idempotency; readonly serial?: Idempotency };

export function keysOf({ idempotency, serial }: Recognisable): readonly Idempotency[] {
  return [idempotency, serial].flatMap((key) => key ?? []);
}

type UsedKey = Pick<KnownKey, 'document'> & { readonly requestHash: Uint8Array };

/** Which keys stand for which documents: those that were stored before, and those of the batch that is being stored. */
export class UsedKeys {
  private readonly used: Map<string, UsedKey>;
  private readonly fresh: NewKey[] = [];

  constructor(known: ReadonlyMap<string, UsedKey>) {
    this.used = new Map(known);
  }

  has({ key }: Idempotency): boolean {
    return this.used.has(key);
  }

  /**
   * What a request was answered before, or why its keys may not be used for it; undefined when none of them is known. A key
   * that it brings along for the first time stands for the same document from now on.
   */
  answer(request: Recognisable): Outcome<IssuedDocument> | undefined {
    const known = keysOf(request).flatMap((key) => {
      const earlier = this.used.get(key.key);
      return earlier === undefined ? [] : [{ key, earlier }];
    });
    if (known.length === 0) {
      return undefined;
    }
    const outcomes = known.map(({ key, earlier }) => attemptTo(() => answeredBefore(earlier, key)));
    const answer = outcomes.find(({ ok }) => !ok) ?? outcomes[0];
    if (answer?.ok === true) {
      this.add(request, answer.value);
    }
    return answer;
  }

  add(request: Recognisable, document: IssuedDocument): void {
    for (const { key, requestHash } of keysOf(request)) {
      if (!this.used.has(key)) {
        this.used.set(key, { requestHash, document });
        this.fresh.push({ key, requestHash, documentId: document.id });
      }
    }
  }

  /** What is to be stored, in one order for all, so that two batches cannot wait for each other. */
  added(): readonly NewKey[] {
    return this.fresh.sort((left, right) => (left.key < right.key ? -1 : 1));
  }
}

/**
 * For each request, the one that decides about it: itself, or the first of the batch that shares a key with it. Null for what
 * was answered before. Only those that decide for themselves may be admitted, and numbered.
 */
export function leadersOf<Request extends Recognisable>(
  requests: readonly Request[],
  used: Pick<UsedKeys, 'has'>,
): (Request | null)[] {
  const byKey = new Map<string, Request>();
  return requests.map((request) => {
    const keys = keysOf(request);
    if (keys.some((key) => used.has(key))) {
      return null;
    }
    const leader = keys.flatMap(({ key }) => byKey.get(key) ?? [])[0] ?? request;
    if (leader === request) {
      keys.forEach(({ key }) => byKey.set(key, request));
    }
    return leader;
  });
}
