import { codePointName, DomainError } from '../../kernel/index.js';

/** A page was asked to print characters that its font cannot draw; callers check with `undrawableCharacters` before they issue. */
export class UndrawableText extends DomainError {
  readonly code = 'pdf.undrawable-text';
  readonly kind = 'invalid';

  constructor(characters: readonly string[]) {
    super(
      `The document font cannot draw ${characters.map(describeCharacter).join(', ')}. Write the text without them.`,
    );
  }
}

/** `𠮷 (U+20BB7)`; an invisible character is told by its number alone. */
export function describeCharacter(character: string): string {
  const name = codePointName(character.codePointAt(0) ?? 0);
  return /[\p{C}\p{Z}\p{M}]/u.test(character) ? name : `${character} (${name})`;
}
