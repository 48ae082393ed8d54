/** A file that somebody put on the page. */
export type HeldFile = { readonly name: string; readonly bytes: Uint8Array };
