import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EVIDENCE_VERSION, type AnchorState } from '../proof/index.js';

export class EvidenceProgressDto {
  @ApiProperty({ enum: ['rendering', 'batching'] })
  status!: 'rendering' | 'batching';
}

/** The shape of `EvidenceAnchor` of src/proof. */
export class EvidenceAnchorDto {
  @ApiProperty({ description: 'CAIP-2', example: 'eip155:1337' })
  chainId!: string;

  @ApiProperty({ description: 'The issuer’s store' })
  store!: string;

  @ApiProperty()
  root!: string;

  @ApiProperty()
  batchSize!: number;

  @ApiProperty()
  leafIndex!: number;

  @ApiProperty({ enum: ['submitted', 'anchored', 'confirmed', 'final'] })
  state!: AnchorState;

  @ApiProperty({ type: String, nullable: true })
  transactionHash!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  blockNumber!: number | null;

  @ApiProperty({ type: String, nullable: true })
  blockHash!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  blockTime!: string | null;
}

class EvidenceEventDto {
  @ApiProperty({ example: 0 })
  seq!: number;

  @ApiProperty({ example: 'issued' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, nullable: true, description: '`0x` and 64 hex digits' })
  leaf!: string | null;

  @ApiPropertyOptional({ description: 'The leaf of the event before' })
  previousLeaf?: string;

  @ApiPropertyOptional({
    type: Object,
    additionalProperties: true,
    description: 'Of events after the first: the salted content that the leaf is the digest of',
  })
  data?: object;

  @ApiPropertyOptional({ type: [String], description: 'Hashes of the fields that the holder has taken out of `data`' })
  hidden?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Of events after the first: from the leaf to the root, lowest first',
  })
  proof?: string[];

  @ApiPropertyOptional({
    type: [EvidenceAnchorDto],
    description: 'Of events after the first; those of the first are the document’s',
  })
  anchors?: EvidenceAnchorDto[];
}

/** The shape of `EvidenceBundle` of src/proof, for the description of the API. */
export class EvidenceBundleDto {
  @ApiProperty({ enum: [EVIDENCE_VERSION] })
  version!: string;

  @ApiProperty({
    type: Object,
    additionalProperties: true,
    description: 'An OpenAttestation v2 document: `version`, `data` (salted), `signature`, and `privacy` when redacted',
  })
  document!: object;

  @ApiProperty({ description: 'Digest of the salted core data: `0x` and 64 hex digits' })
  docId!: string;

  @ApiProperty({ description: 'CAIP-10', example: 'eip155:1337:0x5FbDB2315678afecb367f032d93F642f64180aa3' })
  documentAddress!: string;

  @ApiProperty({ description: 'What is anchored for the issue: `0x` and 64 hex digits' })
  leaf!: string;

  @ApiProperty({ type: Object, additionalProperties: { type: 'string' }, example: { sha256: '64 hex digits' } })
  pdf!: { sha256: string };

  @ApiProperty({ type: [EvidenceEventDto] })
  events!: EvidenceEventDto[];

  @ApiProperty({ type: [EvidenceAnchorDto] })
  anchors!: EvidenceAnchorDto[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description:
      'Where the document stands in its issuer’s status lists: two `BitstringStatusListEntry` of W3C Bitstring Status List v1.0. Not under the leaf',
  })
  credentialStatus?: object[];
}
