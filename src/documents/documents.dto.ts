import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { to0x, toChinaTime } from '../kernel/index.js';
import { defineTextRule, IsOneOf, IsPrintableText, Optional } from '../platform/validation/index.js';
import type { StoredDocument } from './document.js';
import type { OpenedEventRecord } from './read-events.js';

const IsPageSize = defineTextRule<true>('isPageSize', (text) =>
  /^([1-9]|[1-9]\d|[1-4]\d\d|500)$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Give a number from 1 to 500.' },
);
const IsCursor = defineTextRule<true>('isCursor', (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Give the nextCursor of the page before.' },
);

export class ListDocumentsDto {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before' })
  @Optional()
  @IsCursor(true)
  cursor?: string;

  @ApiPropertyOptional({ description: 'Documents a page, 1 to 500', example: '50' })
  @Optional()
  @IsPageSize(true)
  limit?: string;

  @ApiPropertyOptional({ example: 'invoice.vat' })
  @Optional()
  @IsPrintableText(64)
  kind?: string;

  @ApiPropertyOptional({ description: 'The printed number, whole' })
  @Optional()
  @IsPrintableText(64)
  number?: string;
}

export class FileQueryDto {
  @ApiPropertyOptional({
    enum: ['issued', 'anchored', 'marked'],
    description:
      '`issued`: the file as issued. `anchored`: the issued file with the stamp that says and proves where the chain holds it. `marked`: a copy with its status across it, once the document is out of force',
  })
  @Optional()
  @IsOneOf(['issued', 'anchored', 'marked'])
  revision?: 'issued' | 'anchored' | 'marked';
}

/** A document as its issuer sees it. */
export class DocumentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'invoice.vat' })
  kind!: string;

  @ApiProperty({ example: '26322000000100000001' })
  number!: string;

  @ApiProperty({ format: 'date-time' })
  issuedAt!: string;

  @ApiProperty({ description: 'The address on the chain that is printed on the document (EIP-55)' })
  documentAddress!: string;

  @ApiProperty({ description: 'Digest of the core data' })
  docId!: string;

  @ApiProperty({
    description: 'When the PDF was drawn; null while it is being drawn',
    nullable: true,
    type: String,
    format: 'date-time',
  })
  renderedAt!: string | null;

  @ApiProperty({ description: 'Where its life has led it; the kind says which statuses there are', example: 'issued' })
  status!: string;

  static of(this: void, document: StoredDocument): DocumentDto {
    const { id, kind, number, issuedAt, documentAddress, docId, renderedAt, status } = document;
    return {
      id,
      kind,
      number,
      issuedAt: toChinaTime(issuedAt),
      documentAddress,
      docId: to0x(docId),
      renderedAt: renderedAt === null ? null : toChinaTime(renderedAt),
      status,
    };
  }
}

export class DocumentWithContentDto extends DocumentDto {
  @ApiProperty({ description: 'The core data: what the document says', type: Object, additionalProperties: true })
  content!: unknown;

  static with(this: void, document: StoredDocument, content: unknown): DocumentWithContentDto {
    return Object.assign(new DocumentWithContentDto(), DocumentDto.of(document), { content });
  }
}

export class DocumentPageDto {
  @ApiProperty({ type: [DocumentDto] })
  items!: DocumentDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

class EventAnchoringDto {
  @ApiProperty({
    enum: ['waiting', 'batching', 'pending', 'submitted', 'anchored', 'confirmed', 'final'],
    description: '`waiting`: its leaf is not fixed yet. `batching`: the leaf waits for its batch',
  })
  state!: string;

  @ApiPropertyOptional({ type: Number })
  chainId?: number;

  @ApiPropertyOptional({ type: Number, nullable: true })
  blockNumber?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  blockHash?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  blockTime?: string | null;

  static of(this: void, anchoring: OpenedEventRecord['anchoring']): EventAnchoringDto {
    if (!('blockTime' in anchoring)) {
      return anchoring;
    }
    const { blockTime } = anchoring;
    return { ...anchoring, blockTime: blockTime === null ? null : toChinaTime(blockTime) };
  }
}

export class DocumentEventDto {
  @ApiProperty({ description: 'Position, from 0' })
  seq!: number;

  @ApiProperty({ example: 'issued' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'What is anchored of this event', type: String, nullable: true })
  leaf!: string | null;

  @ApiProperty({ description: 'Leaf of the event before', type: String, nullable: true })
  previousLeaf!: string | null;

  @ApiProperty({ description: 'What was recorded with the event', type: Object, additionalProperties: true })
  payload!: unknown;

  @ApiProperty({ type: EventAnchoringDto })
  anchoring!: EventAnchoringDto;

  static of(this: void, { event, payload, anchoring }: OpenedEventRecord): DocumentEventDto {
    const { seq, type, at, leaf, previousLeaf } = event;
    return {
      seq,
      type,
      at: toChinaTime(at),
      leaf: leaf === null ? null : to0x(leaf),
      previousLeaf: previousLeaf === null ? null : to0x(previousLeaf),
      payload,
      anchoring: EventAnchoringDto.of(anchoring),
    };
  }
}

export class DocumentHistoryDto {
  @ApiProperty({ type: [DocumentEventDto] })
  items!: DocumentEventDto[];
}

/** What issuing answers. */
export class IssuedDocumentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The printed number', example: '26322000000100000001' })
  number!: string;

  @ApiProperty({
    description: 'The document’s own address on the chain (EIP-55), final from now on',
    example: '0x52908400098527886E0F7030069857D2E4169EE7',
  })
  documentAddress!: string;

  @ApiProperty({ description: 'The page anybody can check the document on; the target of its QR code' })
  verifyUrl!: string;
}
