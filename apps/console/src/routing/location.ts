import { computed, signal } from '@preact/signals';

/** Where the page is: path and query of the address bar. */
const address = signal(currentAddress());

export const path = computed(() => address.value.pathname);
export const query = computed(() => address.value.searchParams);

/** Follows links inside the console without a reload; everything else is left to the browser. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    address.value = currentAddress();
  });
  document.addEventListener('click', (event) => {
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    // A link of a picture (SVG) has its address in the attribute only.
    const href = link?.getAttribute('href');
    if (!plain || event.defaultPrevented || !link || href === null || href === undefined) return;
    if (link.hasAttribute('target') || link.hasAttribute('download')) return;
    const to = new URL(href, location.href);
    if (to.origin !== location.origin || to.pathname.startsWith('/api/')) return;
    event.preventDefault();
    navigate(to.pathname + to.search + to.hash);
  });
}

export function navigate(to: string): void {
  history.pushState(null, '', to);
  address.value = currentAddress();
  scrollTo(0, 0);
}

/** Sets one member of the query, so that a link to the page shows the same; an empty value takes it away. */
export function setQuery(name: string, value: string): void {
  const url = currentAddress();
  if (value === '') url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(null, '', url.pathname + url.search);
  address.value = url;
}

function currentAddress(): URL {
  return new URL(location.href);
}
