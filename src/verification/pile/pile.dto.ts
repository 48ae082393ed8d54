import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { VerificationDto } from '../verification.dto.js';
import type { PileAnswer } from './pile.js';

class FileProblemDto {
  @ApiProperty({ enum: [413, 415, 422] })
  status!: number;

  @ApiProperty({ example: 'verification.not-a-pdf' })
  code!: string;

  @ApiProperty()
  detail!: string;
}

class DuplicateDto {
  @ApiProperty({ description: 'Which one came before: its `n`' })
  of!: number;

  @ApiProperty({
    enum: ['bytes', 'document'],
    description: 'The same file again, or another file of the same document',
  })
  by!: string;
}

/** A verification, or a problem when the file could not be read. */
export class VerifiedFileDto extends PartialType(VerificationDto) {
  @ApiProperty({ description: 'Its place in the pile, from 1' })
  n!: number;

  @ApiProperty()
  fileName!: string;

  @ApiPropertyOptional({ description: 'The archive that it came in' })
  archive?: string;

  @ApiPropertyOptional({ type: DuplicateDto, description: 'There when the pile holds it twice' })
  duplicate?: DuplicateDto;

  @ApiPropertyOptional({ type: FileProblemDto })
  problem?: FileProblemDto;

  static of(answer: PileAnswer, baseUrl: string): VerifiedFileDto {
    const { n, fileName, archive, duplicate } = answer;
    const place = {
      ...{ n, fileName },
      ...(archive === undefined ? {} : { archive }),
      ...(duplicate === undefined ? {} : { duplicate }),
    };
    if ('refusal' in answer) {
      const { status, code, message } = answer.refusal;
      return { ...place, problem: { status, code, detail: message } };
    }
    return Object.assign(new VerifiedFileDto(), place, VerificationDto.of(answer.report, baseUrl));
  }
}

export class VerifiedFilesDto {
  @ApiProperty({
    type: [VerifiedFileDto],
    description: 'In the order sent; each also has the fields of a verification',
  })
  items!: VerifiedFileDto[];
}

export class PileCountsDto {
  @ApiProperty()
  valid!: number;

  @ApiProperty()
  pending!: number;

  @ApiProperty()
  'not-valid'!: number;

  @ApiProperty()
  'cannot-tell'!: number;

  @ApiProperty({ description: 'Files that could not be read as a document' })
  refused!: number;
}

/** One line of NDJSON, or the data of one server-sent event. */
export class PileNewsDto {
  @ApiProperty({
    enum: ['started', 'item', 'waiting', 'finished', 'interrupted'],
    description:
      'A pile that has not said `finished` was not verified to its end. `waiting`: without a key only so many are verified in a minute',
  })
  type!: 'started' | 'item' | 'waiting' | 'finished' | 'interrupted';

  @ApiProperty()
  done!: number;

  @ApiProperty()
  total!: number;

  @ApiProperty({ type: PileCountsDto })
  counts!: PileCountsDto;

  @ApiPropertyOptional({ type: VerifiedFileDto })
  item?: VerifiedFileDto;

  @ApiPropertyOptional({ description: 'Of `waiting`: until it goes on' })
  seconds?: number;
}
