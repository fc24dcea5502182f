// Answers the search box of Material. Each message is {type, data}; types in order: set up, ready, query, result.
"use strict";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
const MOST = 30;
const LONGEST = 120;
const LONGEST_QUERY = 200;

// What a name of a sort is worth, where all of the query stands in it.
const WORTH = { title: 1, code: 1, names: .92, foreign: .9 };
// A pair of characters that no document holds counts as much as a rare one: it is what the reader was looking for.
const UNKNOWN = 6;
// So much of a query, weighed by how rare its parts are, has to stand in a document.
const LEAST = .36;
// With less than this the query may be misspelt: what sounds alike is looked for too.
const SURE = 13;

// Characters and words that ask, join or count. A pair with one of them that stands nowhere is only where two words meet.
const JOINTS = new Set("的了吗呢啊吧呀么嘛是在有和与或及把被给让跟对向从到去来要会能可该想得着过地就都还也又再很太最更这那哪谁什怎几多少个些一我你您他她它们请问找做办用叫说");
const ENGLISH = new Set(("a an and are at be by can could did do does for from how i if in is it my of on or our she " +
  "should that the they this to was we what when where which who with would you your").split(" "));
const HAN = /\p{Script=Han}/u;

let docs = [];
let names = [];
let pairs = new Map();
let heard = null;
let readings = new Map();
let syllables = new Set();

// Texts ---------------------------------------------------------------------------------------------------------

/** Fold widths, case and compatibility forms, so that ＶＩＰ, vip and VIP are one word. */
function fold(text) {
  return String(text || "").normalize("NFKC").toLowerCase().trim();
}

/** Material puts titles and texts into the page as HTML, so they must not be any. */
function escape(text) {
  return String(text || "").replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}

/** Neighbours in pairs; one alone stays alone. */
function inPairs(list, between) {
  return list.length < 2 ? list : list.slice(1).map((next, index) => list[index] + between + next);
}

/** English words without their endings. */
function stem(word) {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, "") : word.length > 3 ? word.replace(/s$/, "") : word;
}

/** Chinese in pairs of characters; words, numbers and signs by themselves, also where they touch. */
function tokens(text) {
  const runs = text.match(/\p{Script=Han}+|[a-z]+|\d+(?:\.\d+)?|%/gu) || [];
  return runs.flatMap(run => HAN.test(run) ? inPairs(Array.from(run), "") : [stem(run)]);
}

// What there is -------------------------------------------------------------------------------------------------

function setUp(index) {
  docs = index.docs;
  for (const [sound, letters] of Object.entries(index.config.sounds || {})) {
    syllables.add(sound);
    for (const letter of letters) readings.set(letter, sound);
  }
  docs.forEach((doc, number) => {
    const add = (text, sort) => text && names.push({ number, sort, text: fold(text), read: (doc.read || {})[text] });
    add(doc.title, "title");
    add(doc.code, "code");
    [...(doc.aliases || []), ...(doc.asks || [])].forEach(name => add(name, "names"));
    (doc.foreign || []).forEach(name => add(name, "foreign"));
    add(doc.text, "text");
  });
  names.forEach((name, place) => {
    const held = new Set(tokens(name.text));
    name.size = held.size;
    held.forEach(token => post(pairs, token, place));
  });
}

function post(postings, token, place) {
  const places = postings.get(token);
  if (places) places.push(place);
  else postings.set(token, [place]);
}

/** By sound, made once somebody needs it: pairs of syllables, and the first letters of each name. */
function sounds() {
  if (heard) return heard;
  heard = new Map();
  names.forEach((name, place) => {
    if (name.sort === "foreign" || name.sort === "code") return;
    const read = name.read ? name.read.split(" ") : readingOf(name.text);
    name.initials = read.map(sound => sound[0]).join("");
    new Set(inPairs(read, " ")).forEach(pair => post(heard, pair, place));
  });
  return heard;
}

function readingOf(text) {
  return Array.from(text).filter(letter => HAN.test(letter)).map(letter => readings.get(letter) || letter);
}

// What fits -----------------------------------------------------------------------------------------------------

/** What a part of a query is worth: the rarer, the more. */
function mass(token, postings) {
  if (ENGLISH.has(token)) return .2;
  const places = postings.get(token);
  if (places) return Math.log(1 + names.length / places.length);
  return Array.from(token).some(letter => JOINTS.has(letter)) ? 0 : UNKNOWN;
}

/** The documents that hold enough of the parts, each with how well it fits: best where one name holds them all. */
function holding(parts, postings, factor) {
  const masses = new Map(parts.map(part => [part, mass(part, postings)]));
  const whole = Array.from(masses.values()).reduce((sum, value) => sum + value, 0);
  const inName = new Map();
  const inDoc = new Map();
  for (const [part, value] of masses) {
    const counted = new Set();
    for (const place of postings.get(part) || []) {
      const { number } = names[place];
      inName.set(place, (inName.get(place) || 0) + value);
      if (!counted.has(number)) inDoc.set(number, (inDoc.get(number) || 0) + value);
      counted.add(number);
    }
  }
  const best = new Map();
  for (const [place, value] of inName) {
    const { number, sort, size } = names[place];
    if (sort in WORTH) keepBest(best, number, WORTH[sort] * (value / whole) * (.75 + .25 * Math.min(1, masses.size / size)));
  }
  const fits = new Map();
  for (const [number, value] of inDoc) {
    if (value >= LEAST * whole) fits.set(number, factor * (10 * (best.get(number) || 0) + 5 * value / whole));
  }
  return fits;
}

function keepBest(values, number, value) {
  if (value > (values.get(number) || 0)) values.set(number, value);
}

/** Letters cut into as few syllables as they hold, or null. */
function cut(letters) {
  const ways = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = Math.max(0, end - 6); start < end; start += 1) {
      const sound = letters.slice(start, end);
      if (!ways[start] || !syllables.has(sound)) continue;
      if (!ways[end] || ways[start].length + 1 < ways[end].length) ways[end] = [...ways[start], sound];
    }
  }
  return ways[letters.length] || null;
}

/** Names whose first letters are those of the query, in a row. */
function byInitials(letters) {
  sounds();
  const fits = new Map();
  for (const { number, sort, initials } of names) {
    if (!initials || !(sort in WORTH) || !initials.includes(letters)) continue;
    keepBest(fits, number, 6 * WORTH[sort] * (.9 + .6 * letters.length / initials.length) + 4);
  }
  return fits;
}

/** What somebody means who types letters: syllables, first letters, or words, which are looked for anyway. */
function byLetters(query) {
  const letters = query.replace(/[\s']/g, "");
  const words = query.split(/\s+/).map(cut);
  const read = words.length > 1 && words.every(Boolean) ? words.flat() : cut(letters);
  return [
    read && read.length > 1 ? holding(inPairs(read, " "), sounds(), .95) : new Map(),
    letters.length > 1 && letters.length <= 8 ? byInitials(letters) : new Map(),
  ];
}

/** A name that is just what was typed comes first. */
function same(query) {
  const fits = new Map();
  for (const { number, sort, text } of names) {
    if (text === query && sort in WORTH) keepBest(fits, number, 18 + 2 * WORTH[sort]);
  }
  return fits;
}

function find(typed) {
  const query = fold(typed).slice(0, LONGEST_QUERY);
  const parts = tokens(query);
  if (!parts.length) return [];
  const fits = holding(parts, pairs, 1);
  const more = [same(query)];
  if (/^[a-z\s']+$/.test(query)) more.push(...byLetters(query));
  else if (HAN.test(query) && Math.max(0, ...fits.values()) < SURE) {
    more.push(holding(inPairs(readingOf(query), " "), sounds(), .8));
  }
  for (const other of more) for (const [number, value] of other) keepBest(fits, number, value);
  return Array.from(fits, ([number, value]) => ({ doc: docs[number], value: value + (docs[number].kind ? .3 : 0) }))
    .sort((a, b) => b.value - a.value || a.doc.title.length - b.doc.title.length)
    .slice(0, MOST)
    .map(({ doc, value }) => item(doc, value));
}

/** One result as Material's list expects it: a group of sections, here always of one. */
function item(doc, value) {
  const about = [doc.kind, ...(doc.roles || [])].filter(Boolean).join(" · ");
  const text = `<p class="hb-result">${about ? `<b>${escape(about)}</b> ` : ""}${escape(String(doc.text || "").slice(0, LONGEST))}</p>`;
  return [{ location: doc.location, title: escape(doc.title), text, score: value, terms: {} }];
}

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    setUp(data);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    postMessage({ type: RESULT, data: { items: find(data) } });
  }
});
