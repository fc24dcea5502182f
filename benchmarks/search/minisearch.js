// MiniSearch in the page: the index comes ready-made, as building it here takes several times as long as reading it.
import "./minisearch-options.js";
import "./library.js";

const SHOWN = 10;
const reading = fetch("./index.json")
  .then(response => response.text())
  .then(text => MiniSearch.loadJSON(text, minisearchOptions));

export async function ask(query) {
  const index = await reading;
  return index.search(query).slice(0, SHOWN).map(({ id, title, lead }) => ({ url: `/${id}`, title, text: lead }));
}
