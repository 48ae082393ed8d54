import { ApiProperty } from '@nestjs/swagger';
import { defineRule, notOfType } from '../platform/validation/index.js';
import { EvidenceBundleDto } from './evidence.dto.js';

const MOST_PATHS = 500;
const LONGEST_PATH = 300;

const IsListOfPaths = defineRule<true>({
  name: 'isListOfPaths',
  check: (value) => {
    if (!Array.isArray(value)) {
      return notOfType(value, 'a list of paths');
    }
    const isFine = value.every((path) => typeof path === 'string' && path.length <= LONGEST_PATH);
    return isFine && value.length > 0 && value.length <= MOST_PATHS
      ? null
      : {
          code: 'disclosure.paths-malformed',
          message: `Name 1 to ${MOST_PATHS} fields as texts of at most ${LONGEST_PATH} characters, for example "buyer.name".`,
        };
  },
});

export class DisclosureRequestDto {
  @ApiProperty({
    type: [String],
    description: 'The fields to hide, or all below a path: as in the content of the document',
    example: ['buyer', 'lines.0.itemName'],
  })
  @IsListOfPaths(true)
  hide!: string[];
}

export class DisclosureDto {
  @ApiProperty({ type: EvidenceBundleDto, description: 'What may be handed on: verifies like the whole' })
  evidence!: object;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The same as a link. What is disclosed is in its fragment, which browsers send to nobody; null when it would be longer than 16,000 characters: hand on the evidence as a file',
  })
  url!: string | null;
}
