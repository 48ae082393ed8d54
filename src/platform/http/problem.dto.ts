import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Schema of the form that a route takes beside JSON: the description of the API moves it to where it belongs. */
export const FORM_EXTENSION = 'x-form';

class FieldProblemDto {
  @ApiProperty({ description: 'Path of the field in the request', example: 'lines[0].taxRate' })
  field!: string;

  @ApiProperty({ description: 'Stable', example: 'validation.format' })
  code!: string;

  @ApiProperty({ description: 'What is wrong, and what to do' })
  message!: string;
}

/** What every refused or failed request is answered with (RFC 9457). */
export class ProblemDto {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: 'Not acceptable content' })
  title!: string;

  @ApiProperty({ example: 422 })
  status!: number;

  @ApiProperty({ description: 'Stable: what programs go by', example: 'validation.failed' })
  code!: string;

  @ApiProperty({ description: 'For a person: what is wrong, and what to do' })
  detail!: string;

  @ApiProperty({ description: 'Also in the header X-Request-Id, and in our logs' })
  requestId!: string;

  @ApiPropertyOptional({ type: () => [FieldProblemDto], description: 'Each wrong field' })
  errors?: FieldProblemDto[];
}
