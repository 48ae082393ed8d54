import type { Fact, StatusEntry, Verdict } from '../../src/proof/index.js';
import type { Found } from './found.js';

/** What the service says of a document, as far as the page shows it. */
export type ServiceAnswer = {
  readonly verdict: Verdict;
  readonly facts: readonly Fact[];
  readonly expectedAt: string | null;
  readonly document: {
    readonly number: string;
    readonly documentAddress: string;
    readonly title: { readonly zh: string; readonly en: string };
    readonly credentialStatus: readonly StatusEntry[];
  } | null;
};

/** `null` when it gave no answer, for whatever reason. */
export type Said = ServiceAnswer | null;

const PATIENCE_MS = 15_000;

/** Asks with the address that the file names, or with the file's digest: the file itself is never sent. */
export async function askService({ examination, sha256 }: Found): Promise<Said> {
  const { documentAddress, kind } = examination;
  if (documentAddress === null && kind === 'unreadable') {
    return null;
  }
  return ask(documentAddress === null ? { fileSha256: sha256 } : { documentAddress });
}

async function ask(subject: Readonly<Record<string, string>>): Promise<Said> {
  try {
    const answer = await fetch('/v1/verifications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(subject),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok ? ((await answer.json()) as ServiceAnswer) : null;
  } catch {
    return null;
  }
}

/** Where a document stands in the issuer's status lists; null when the service does not say. */
export async function askForPlace(documentAddress: string): Promise<readonly StatusEntry[] | null> {
  const said = await ask({ documentAddress });
  return said?.document?.credentialStatus ?? null;
}

/** The signed list of this id; undefined when the service gives none. */
export async function askForList(id: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`/v1/status-lists/${encodeURIComponent(id)}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Asks again and again, each time after a longer pause, until `isDone`; stops while nobody looks. The page is told of every
 * answer, none included.
 */
export function watch(subject: Readonly<Record<string, string>>, isDone: (said: Said) => boolean): void {
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = (): void => {
    clearTimeout(timer);
    timer = document.hidden ? undefined : setTimeout(() => void again(), pause);
  };
  const again = async (): Promise<void> => {
    if (isDone(await ask(subject))) {
      document.removeEventListener('visibilitychange', plan);
      return;
    }
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
    plan();
  };
  document.addEventListener('visibilitychange', plan);
  plan();
}
