/** What a caller says of the copy that it has (RFC 9110, 13.1). */
type Held = { readonly ifNoneMatch: string | undefined; readonly ifModifiedSince: string | undefined };
type Current = { readonly etag: string; readonly modifiedAt: Date };

/** Is the caller's copy the current one? `If-None-Match` decides where it is sent; it compares weakly, so `W/` says nothing. */
export function isHeld({ ifNoneMatch, ifModifiedSince }: Held, { etag, modifiedAt }: Current): boolean {
  if (ifNoneMatch !== undefined) {
    const given = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return given.includes('*') || given.includes(etag);
  }
  const since = Date.parse(ifModifiedSince ?? '');
  // Its times are whole seconds.
  return Math.floor(modifiedAt.getTime() / 1_000) * 1_000 <= since;
}
