/** Failed attempts at drawing a document, or at fixing the leaf of an event, after which an operator has to look. */
export const GIVE_UP_AFTER = 5;
