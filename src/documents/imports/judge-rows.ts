import { Injectable } from '@nestjs/common';
import type { Issuer, IssuerProfile } from '../../identity/index.js';
import { Clock, DomainError, faultOf } from '../../kernel/index.js';
import { readJson } from '../../platform/http/index.js';
import { Logger } from '../../platform/observability/index.js';
import { DocumentSecret } from '../../platform/vault/index.js';
import type { Tx } from '../../platform/database/index.js';
import { DocumentKinds, type DocumentKind } from '../document-kind.js';
import { serialOf } from '../idempotency.js';
import type { StoreRequest } from '../store-documents.js';
import type { ImportRow, OpenImport, WrongRow } from './import.js';
import { atMost, explainFailure, NOT_JSON } from './row-errors.js';

/** A row that breaks no rule, ready to be stored. */
export type RightRow = { readonly line: number; readonly request: StoreRequest };
export type JudgedRows = { readonly right: readonly RightRow[]; readonly wrong: readonly WrongRow[] };

/** Opens sealed rows and judges each as if it had been sent alone. */
@Injectable()
export class JudgeRows {
  constructor(
    private readonly kinds: DocumentKinds,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** An import that was checked as a whole is judged as of then: what was right stays right over midnight. */
  async execute(
    tx: Tx,
    open: OpenImport,
    { issuer, key }: IssuerProfile,
    rows: readonly ImportRow[],
  ): Promise<JudgedRows> {
    const kind = await this.kinds.get(open.kind, tx);
    const now = open.checkedAt ?? this.clock.now();
    const secret = DocumentSecret.unwrap(key, open.wrappedSecret, open.id);
    const right: RightRow[] = [];
    const wrong: WrongRow[] = [];
    for (const { line, bytes } of rows) {
      const plain = secret.unseal('import-row', bytes);
      const judged = this.judge(open, line, () => judgeRow(kind, issuer, now, plain));
      if ('errors' in judged) {
        wrong.push({ line, errors: atMost(judged.errors) });
      } else {
        right.push({ line, request: judged });
      }
    }
    return { right, wrong };
  }

  /** A row whose content makes the rules themselves fail is a wrong row: it does not stop the others. */
  private judge(open: OpenImport, line: number, work: () => Judged): Judged {
    try {
      return work();
    } catch (error) {
      return { errors: this.explain(open, line, error) };
    }
  }

  /** What to tell of a row that failed; what is our fault goes to the operator. */
  explain({ issuerId, id }: OpenImport, line: number, error: unknown): WrongRow['errors'] {
    const { errors, isOurs } = explainFailure(error);
    if (isOurs) {
      this.logger.error('import.row-failed', { issuerId, importId: id, line, ...faultOf(error) });
    }
    return errors;
  }
}

type Judged = StoreRequest | Pick<WrongRow, 'errors'>;

function judgeRow(kind: DocumentKind, issuer: Issuer, now: Date, plain: Uint8Array): Judged {
  const read = readRow(plain);
  if ('errors' in read) {
    return read;
  }
  const { body } = read;
  const parsed = kind.parse(body);
  if (!parsed.ok) {
    return parsed;
  }
  const judgement = kind.judge(parsed.value, issuer, now);
  if (!judgement.ok) {
    return judgement;
  }
  const serial = serialOf(kind.referenceOf(parsed.value), kind.name, parsed.value);
  return { kind, prepared: judgement.prepared, ...(serial && { serial }) };
}

function readRow(plain: Uint8Array): { readonly body: unknown } | Pick<WrongRow, 'errors'> {
  try {
    return { body: readJson(plain) };
  } catch (error) {
    const fields = error instanceof DomainError ? error.fields : [];
    return { errors: fields.length > 0 ? fields : [NOT_JSON] };
  }
}
