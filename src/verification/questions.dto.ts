import { ApiProperty } from '@nestjs/swagger';
import { ASKED_FORMATS } from '../documents/index.js';
import { BilingualDto } from './verification.dto.js';
import type { Questions } from './read-questions.js';

class NumberPartDto {
  @ApiProperty({ example: 'code' })
  name!: string;

  @ApiProperty({ type: BilingualDto })
  label!: BilingualDto;

  @ApiProperty({ description: 'Some documents of the kind have no such part' })
  isOptional!: boolean;
}

class AskedFactDto {
  @ApiProperty({ example: 'amount', description: 'Its name in `facts` of a verification' })
  name!: string;

  @ApiProperty({ type: BilingualDto })
  label!: BilingualDto;

  @ApiProperty({ enum: ASKED_FORMATS })
  format!: string;
}

class AskedKindDto {
  @ApiProperty({ example: 'invoice.vat' })
  name!: string;

  @ApiProperty({ type: BilingualDto })
  title!: BilingualDto;
}

export class QuestionsDto {
  @ApiProperty({ description: 'Names the form', example: 'invoice.vat' })
  id!: string;

  @ApiProperty({ type: [AskedKindDto], description: 'The kinds that ask this' })
  kinds!: AskedKindDto[];

  @ApiProperty({ type: [NumberPartDto], description: 'Put one behind the other they are the `number`' })
  number!: NumberPartDto[];

  @ApiProperty({ type: [AskedFactDto] })
  asks!: AskedFactDto[];

  static of({ id, kinds, number, asks }: Questions): QuestionsDto {
    const parts = number.map(({ name, label, isOptional = false }) => ({ name, label, isOptional }));
    return { id, kinds: [...kinds], number: parts, asks: [...asks] };
  }
}

export class QuestionsListDto {
  @ApiProperty({ type: [QuestionsDto] })
  items!: QuestionsDto[];
}
