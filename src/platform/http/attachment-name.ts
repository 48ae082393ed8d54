/**
 * `Content-Disposition` of a download. Header values are ASCII: a name with other characters, such as the number of a
 * property certificate, goes in the extended form (RFC 6266, RFC 8187), with an ASCII stand-in for old programs.
 */
export function attachmentNamed(name: string): string {
  const plain = name.replaceAll(/[^ !#-[\]-~]/g, '_');
  return plain === name
    ? `attachment; filename="${name}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${extended(name)}`;
}

/** `encodeURIComponent` leaves four characters that RFC 8187 wants encoded. */
function extended(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
