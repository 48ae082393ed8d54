import { Injectable } from '@nestjs/common';
import { DocumentKinds, IssueDocument, type IssuedDocument } from '../documents/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { ReceiptKind } from './receipt.kind.js';

export type IssueReceiptCommand = {
  readonly issuerId: string;
  /** Parsed JSON, as sent. */
  readonly body: unknown;
  readonly idempotencyKey?: string | undefined;
};

const LONGEST_NAME = 64;

/** Issues a receipt of whatever kind the request names. */
@Injectable()
export class IssueReceipt {
  constructor(
    private readonly kinds: DocumentKinds,
    private readonly issueDocument: IssueDocument,
  ) {}

  /** Throws `InvalidRequest` naming each broken rule, `DecisionHasReceipt`, `TicketAlreadySold` or `IdempotencyKeyReused`. */
  async execute({ issuerId, body, idempotencyKey }: IssueReceiptCommand): Promise<IssuedDocument> {
    const kind = await this.kindOf(body);
    const parsed = kind.parse(body);
    if (!parsed.ok) {
      throw new InvalidRequest(parsed.errors);
    }
    return this.issueDocument.execute({ issuerId, kind, request: parsed.value, idempotencyKey });
  }

  private async kindOf(body: unknown): Promise<ReceiptKind> {
    const name = typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined;
    if (typeof name === 'string' && name.length <= LONGEST_NAME) {
      const kind = await this.kinds.find(name);
      if (kind instanceof ReceiptKind) {
        return kind;
      }
    }
    const known = (await this.kinds.names()).filter((candidate) => candidate.startsWith('receipt.'));
    const message = `Choose one of: ${known.join(', ')}.`;
    throw new InvalidRequest([{ field: 'kind', code: 'validation.not-allowed', message }]);
  }
}
