// Answers the search box of Material. Each message is {type, data}; types in order: set up, ready, query, result.
"use strict";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
const MOST = 30;
const LONGEST = 120;
let entries = [];

/** Fold widths, case and compatibility forms, so that ＶＩＰ, vip and VIP are one word. */
function fold(text) {
  return String(text || "").normalize("NFKC").toLowerCase().trim();
}

/** Material puts titles and texts into the page as HTML, so they must not be any. */
function escape(text) {
  return String(text || "").replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}

/** What is searched of one document, folded once. */
function entry(doc) {
  return {
    doc,
    title: fold(doc.title),
    names: [...(doc.aliases || []), ...(doc.asks || [])].map(fold),
    code: fold(doc.code),
    text: fold(doc.text),
  };
}

/** How well one term fits one document; 0 means not at all. */
function fit(term, { title, names, code, text }) {
  if (title === term || code === term) return 100;
  if (title.startsWith(term)) return 80;
  if (title.includes(term)) return 60;
  if (names.some(name => name === term)) return 50;
  if (names.some(name => name.includes(term))) return 40;
  if (code.includes(term)) return 30;
  return text.includes(term) ? 10 : 9 * likeness(term, [title, ...names]);
}

/** The share of a term's pairs of characters that one name holds, from a half up: the same thing said in other words. */
function likeness(term, names) {
  const pairs = Array.from({ length: Math.max(term.length - 1, 0) }, (_, index) => term.slice(index, index + 2));
  const best = Math.max(0, ...names.map(name => pairs.filter(pair => name.includes(pair)).length));
  return pairs.length > 1 && best >= pairs.length / 2 ? best / pairs.length : 0;
}

/** Every term must fit; the whole query fitting the title beats its pieces. */
function score(query, terms, candidate) {
  const fits = terms.map(term => fit(term, candidate));
  if (fits.includes(0)) return 0;
  const pieces = fits.reduce((sum, value) => sum + value, 0) / fits.length;
  return Math.max(fit(query, candidate), pieces);
}

/** One result as Material's list expects it: a group of sections, here always of one. */
function item(doc, value) {
  const about = [doc.kind, ...(doc.roles || [])].filter(Boolean).join(" · ");
  const text = `<p class="hb-result">${about ? `<b>${escape(about)}</b> ` : ""}${escape(String(doc.text || "").slice(0, LONGEST))}</p>`;
  return [{ location: doc.location, title: escape(doc.title), text, score: value, terms: {} }];
}

function find(typed) {
  const query = fold(typed);
  const terms = query.split(/\s+/).filter(Boolean);
  if (!terms.length) return [];
  return entries
    .map(candidate => ({ doc: candidate.doc, value: score(query, terms, candidate) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.doc.title.length - b.doc.title.length)
    .slice(0, MOST)
    .map(({ doc, value }) => item(doc, value));
}

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    entries = data.docs.map(entry);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    postMessage({ type: RESULT, data: { items: find(data) } });
  }
});
