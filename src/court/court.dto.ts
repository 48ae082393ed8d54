import { ApiProperty } from '@nestjs/swagger';
import { defineRule, notOfType } from '../platform/validation/index.js';
import { MOST_DOCUMENTS } from './court-package.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const IsListOfDocuments = defineRule<true>({
  name: 'isListOfDocuments',
  check: (value) => {
    if (!Array.isArray(value)) {
      return notOfType(value, 'a list of ids');
    }
    if (value.length === 0 || value.length > MOST_DOCUMENTS) {
      return { code: 'court.document-count', message: `Name 1 to ${MOST_DOCUMENTS} documents.` };
    }
    return value.every((id) => typeof id === 'string' && UUID.test(id))
      ? null
      : { code: 'court.id-malformed', message: 'Give each id as this service answered it: a UUID in lower case.' };
  },
});

export class CourtPackageRequestDto {
  @ApiProperty({ type: [String], description: `Ids of 1 to ${MOST_DOCUMENTS} of your documents` })
  @IsListOfDocuments(true)
  documents!: string[];
}
