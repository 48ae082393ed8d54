import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EvidenceAnchorDto, EvidenceBundleDto } from '../evidence/index.js';
import { toChinaTime } from '../kernel/index.js';
import { defineRule, defineTextRule, IsPrintableText, notOfType, Optional } from '../platform/validation/index.js';
import { BundleMalformed, parseEvidenceBundle, type Fact, type StatusEntry } from '../proof/index.js';
import { factText } from '../proof/fact-texts/index.js';
import { bundleSizeProblem } from './bundle-size.js';
import type { PublicAnchor, PublicDocument, VerificationReport } from './verification-report.js';

const IsEvidenceBundle = defineRule<true>({
  name: 'isEvidenceBundle',
  check: (value) => {
    if (typeof value !== 'object' || value === null) {
      return notOfType(value, 'an evidence bundle');
    }
    try {
      return bundleSizeProblem(parseEvidenceBundle(value));
    } catch (error) {
      // A rule must not throw; what else could go wrong in reading JSON is malformed too.
      const message = error instanceof BundleMalformed ? error.message : 'This is not an evidence bundle';
      return { code: 'verification.bundle-malformed', message: `${message}.` };
    }
  },
});

const IsSha256 = defineTextRule<true>('isSha256', (text) =>
  /^[0-9a-f]{64}$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Give the SHA-256 of the file as 64 lower-case hexadecimal digits.' },
);

const MOST_FACTS = 12;
const LONGEST_FACT = 200;

const IsTypedFacts = defineRule<true>({
  name: 'isTypedFacts',
  check: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return notOfType(value, 'an object');
    }
    const texts: unknown[] = Object.values(value);
    return texts.length <= MOST_FACTS && texts.every((text) => typeof text === 'string' && text.length <= LONGEST_FACT)
      ? null
      : {
          code: 'verification.facts-malformed',
          message: `Give at most ${MOST_FACTS} facts by their names, each a text of at most ${LONGEST_FACT} characters.`,
        };
  },
});

/** Exactly one of `documentAddress`, `fileSha256`, `evidence`, and `number` with `facts`. */
export class VerificationRequestDto {
  @ApiPropertyOptional({
    description: 'As printed on the document: `0x…`, or CAIP-10 of the chain of this service',
    example: 'eip155:1337:0x5FbDB2315678afecb367f032d93F642f64180aa3',
  })
  @Optional()
  @IsPrintableText(300)
  documentAddress?: string;

  @ApiPropertyOptional({
    description: 'SHA-256 of a PDF as issued or stamped, for those who do not send the file itself',
    pattern: '^[0-9a-f]{64}$',
  })
  @Optional()
  @IsSha256(true)
  fileSha256?: string;

  @ApiPropertyOptional({ type: EvidenceBundleDto, description: 'An evidence bundle, whoever gave it to you' })
  @Optional()
  @IsEvidenceBundle(true)
  evidence?: object;

  @ApiPropertyOptional({
    description: 'As the paper prints it; where it prints a code apart, that before the number. Needs `facts`',
    example: '26442000000000000017',
  })
  @Optional()
  @IsPrintableText(100)
  number?: string;

  @ApiPropertyOptional({
    description: 'What else the paper says, by the names of `GET /v1/verifications/questions`',
    type: Object,
    additionalProperties: { type: 'string' },
    example: { issuedOn: '2026-03-01', amount: '1130.00' },
  })
  @Optional()
  @IsTypedFacts(true)
  facts?: object;
}

export class BilingualDto {
  @ApiProperty()
  zh!: string;

  @ApiProperty()
  en!: string;
}

export class FactDto {
  @ApiProperty({ enum: ['integrity', 'signature', 'inclusion', 'anchor', 'status', 'issuer'] })
  question!: string;

  @ApiProperty({
    enum: ['holds', 'fails', 'unknown', 'not-applicable'],
    description: '`unknown`: we could not ask, or it is too early. It is never a "no"',
  })
  outcome!: string;

  @ApiProperty({ description: 'Stable', example: 'anchor.pending' })
  code!: string;

  @ApiProperty({ type: BilingualDto, description: 'The same as a sentence' })
  message!: BilingualDto;

  @ApiPropertyOptional({ type: Object, additionalProperties: { type: 'string' } })
  detail?: Readonly<Record<string, string>>;

  static of({ question, outcome, code, detail }: Fact): FactDto {
    const { zh, en } = factText({ outcome, code });
    return {
      ...{ question, outcome, code, message: { zh, en } },
      ...(detail === undefined ? {} : { detail: inChinaTime(detail) }),
    };
  }
}

/** Details of facts that are instants. */
const INSTANTS = new Set(['blockTime', 'listedAt', 'validUntil']);

/** Facts tell of blocks and lists in the time of the evidence, which is UTC. */
function inChinaTime(detail: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, INSTANTS.has(name) ? toChinaTime(new Date(value)) : value]),
  );
}

class PublicFactDto {
  @ApiProperty({ type: BilingualDto })
  label!: BilingualDto;

  @ApiProperty()
  value!: string;
}

class PublicIssuerDto {
  @ApiProperty()
  name!: string;

  @ApiProperty()
  domain!: string;

  @ApiProperty({ description: 'The issuer’s contract on the chain' })
  store!: string;

  @ApiProperty({ enum: ['sample', 'state'], description: '`sample`: no law stands behind the document' })
  mandate!: string;
}

/** An anchor as the evidence bundle has it, with what people need to find it. */
class PublicAnchorDto extends EvidenceAnchorDto {
  @ApiProperty({ description: 'Hashes between the entry and the root' })
  proofLength!: number;

  @ApiProperty({
    description: 'Of the document, what the store is asked about to learn whether it is revoked; of an event, its leaf',
  })
  leaf!: string;
}

class PublicEventDto {
  @ApiProperty({ example: 'issued' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({
    enum: ['valid', 'pending', 'not-valid', 'cannot-tell'],
    type: String,
    nullable: true,
    description: 'Of this event alone, the chain asked now; null when the evidence handed in does not list it',
  })
  verdict!: string | null;

  @ApiProperty({ type: [PublicAnchorDto] })
  anchors!: readonly PublicAnchor[];
}

export class PublicDocumentDto {
  @ApiProperty({ description: 'CAIP-10' })
  documentAddress!: string;

  @ApiProperty()
  docId!: string;

  @ApiProperty({ example: 'invoice.vat' })
  kind!: string;

  @ApiProperty({ type: BilingualDto })
  title!: BilingualDto;

  @ApiProperty()
  number!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-05T10:30:00+08:00' })
  issuedAt!: string;

  @ApiProperty({ type: PublicIssuerDto })
  issuer!: PublicIssuerDto;

  @ApiProperty({ example: 'issued' })
  status!: string;

  @ApiProperty({ type: BilingualDto, nullable: true, description: 'What is said across it; null while it is in force' })
  outOfForce!: BilingualDto | null;

  @ApiProperty({ type: [PublicEventDto], description: 'What happened to it, oldest first' })
  history!: readonly PublicEventDto[];

  @ApiProperty({ type: [PublicFactDto], description: 'What anybody may read of the content; people are masked' })
  publicFacts!: readonly PublicFactDto[];

  @ApiProperty({ description: 'More is told than to others, because you named what the paper says' })
  isUnmasked!: boolean;

  @ApiProperty({ type: [PublicAnchorDto] })
  anchors!: readonly PublicAnchor[];

  @ApiProperty({
    type: [Object],
    description:
      'Where it stands in the issuer’s status lists (`BitstringStatusListEntry`); empty until it is in a batch',
  })
  credentialStatus!: readonly StatusEntry[];

  static of(document: PublicDocument): PublicDocumentDto {
    return {
      ...document,
      issuedAt: toChinaTime(document.issuedAt),
      history: document.history.map((event) => ({
        ...event,
        at: toChinaTime(event.at),
        anchors: event.anchors.map(anchorInChinaTime),
      })),
      anchors: document.anchors.map(anchorInChinaTime),
    };
  }
}

/** Evidence bundles, whose bytes others read, say it in UTC. */
function anchorInChinaTime({ blockTime, ...anchor }: PublicAnchor): PublicAnchor {
  return { ...anchor, blockTime: blockTime === null ? null : toChinaTime(new Date(blockTime)) };
}

export class VerificationDto {
  @ApiProperty({
    enum: ['valid', 'pending', 'not-valid', 'cannot-tell'],
    description: '`pending`: nothing is wrong, it is only not on the chain yet. `cannot-tell` is not a "no"',
  })
  verdict!: string;

  @ApiProperty({ type: [FactDto] })
  facts!: FactDto[];

  @ApiProperty({ format: 'date-time' })
  checkedAt!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'While pending: when to ask again' })
  expectedAt!: string | null;

  @ApiProperty({ type: PublicDocumentDto, nullable: true, description: 'Null when it was not issued here' })
  document!: PublicDocumentDto | null;

  @ApiProperty({ type: String, nullable: true, description: 'The same for people' })
  verifyUrl!: string | null;

  static of({ verdict, facts, checkedAt, expectedAt, document }: VerificationReport, baseUrl: string): VerificationDto {
    const address = document?.documentAddress.replace(/^.*:/, '');
    return {
      verdict,
      facts: facts.map((fact) => FactDto.of(fact)),
      checkedAt: toChinaTime(checkedAt),
      expectedAt: expectedAt === null ? null : toChinaTime(expectedAt),
      document: document === null ? null : PublicDocumentDto.of(document),
      verifyUrl: address === undefined ? null : `${baseUrl}/v/${address}`,
    };
  }
}
