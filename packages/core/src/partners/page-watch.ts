/** Pages in a row without anything new after which a list counts as endless; a filter may leave some empty. */
const MAX_PAGES_WITHOUT_NEWS = 20;

/**
 * Watches over a list of a partner that is read page by page, because a Link can lead in circles or go on for ever.
 * Call it for every page that names another one: why the list is given up, or undefined to go on.
 */
export type PageWatch = (page: { next: string; news: number }) => string | undefined;

export function createPageWatch(maxPages: number): PageWatch {
  const named = new Set<string>();
  let withoutNews = 0;
  return ({ next, news }) => {
    if (named.has(next)) return 'a page of its list is named twice';
    named.add(next);
    withoutNews = news > 0 ? 0 : withoutNews + 1;
    if (withoutNews >= MAX_PAGES_WITHOUT_NEWS) {
      return `its list does not end: nothing new on ${MAX_PAGES_WITHOUT_NEWS} pages`;
    }
    return named.size >= maxPages ? `its list does not end within ${maxPages} pages` : undefined;
  };
}
