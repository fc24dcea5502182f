// Pagefind through its own interface. It loads a fragment for each result that is shown: three, as many as are counted.
import * as pagefind from "/pagefind/pagefind.js";

const SHOWN = 3;
const ready = pagefind.init();

export async function ask(query) {
  await ready;
  const { results } = await pagefind.search(query);
  const shown = await Promise.all(results.slice(0, SHOWN).map(result => result.data()));
  return shown.map(({ url, meta, excerpt }) => ({ url, title: meta.title, text: excerpt }));
}
