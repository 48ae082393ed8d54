import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { MalformedId } from './http.errors.js';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id in a path: `@Param('id', PathId) id: string`. Refuses what is no UUID, naming the parameter. */
@Injectable()
export class PathId implements PipeTransform<string, string> {
  transform(text: string, { data }: ArgumentMetadata): string {
    if (!ID.test(text)) {
      throw new MalformedId(data ?? 'id');
    }
    return text;
  }
}
