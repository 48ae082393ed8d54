/** How many rows are read at a time, however many there are. */
export const ROWS_A_PAGE = 500;

/** Row after row of what is read page after page; `read` is given the last row of the page before, and an empty page ends it. */
export async function* inPages<Row>(read: (last: Row | undefined) => Promise<readonly Row[]>): AsyncGenerator<Row> {
  for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1))) {
    yield* page;
  }
}
