// Answers the search box of Material. Each message is {type, data}; types in order: set up, ready, query, result.
// Where no worker may be started the same script answers in the page: search.js gives it another scope.
(scope => {
  "use strict";

  const READY = 1, QUERY = 2, RESULT = 3;
  const LONGEST_QUERY = 200;
  // So many results are listed; so many of them, more than Material draws at once, are read before they are ordered.
  const MOST = 30, READ = 16;
  const LONGEST_TEXT = 80;
  // So long, in milliseconds, an answer waits for files; then it is given without them, and again when they are there.
  const PATIENCE = 250;

  // What a name of a sort is worth, where all of the query stands in it; what a place is worth, where a part stands in it.
  const WORTH = { title: 1, code: 1, alias: .94, foreign: .92, ask: .6 };
  const PLACES = { name: 1, strong: .85, weak: .65 };
  // What the best name, the whole document, the best of its parts and how often all stands in it add up to.
  const NAME = 8, WHOLE = 9, PART = 3, BODY = 3;
  // BM25: how soon more of the same counts no more, how much less it counts in longer texts, and what is long (in tokens).
  const OFTEN = 1.2, LENGTH = .5, USUAL = 450;
  // So often a name counts where it is counted how often a word stands in a document.
  const NAMED = 3;
  // So many texts are kept cut into tokens.
  const TEXTS_KEPT = 2000;
  // A word that means the same, and characters that sound alike, are worth less than what was typed.
  const EQUAL = .85, SOUND = .75;
  // Letters that are read as syllables, or that words begin with, are worth a little less; so many ways to read them are tried.
  const LETTERS = .95, BEGUN = .45, CUTS = 4;
  // So much of a query, weighed by how rare its parts are, has to stand in a document.
  const LEAST = .3;
  // Where one does, so much of it is enough for those listed after it.
  const MORE = .25;
  // Two characters where one word ends and the next begins say less than a word.
  const MEETS = .3;
  // A character that is a word by itself stands in many others.
  const ALONE = .8;
  const MINE = { record: 1, role: 2, pack: 3.2, emergency: 2 };

  // Characters that ask, join or count. A pair with one of them that stands nowhere is only where two words meet.
  const JOINTS = new Set("的了吗呢啊吧呀么嘛是在有和与或及把被给让跟对向从到去来要会能可该想得着过地就都还也又再很太最更这那哪谁什怎几多少个些一我你您他她它们请问找做办用叫说之");
  const ENGLISH = new Set(("a an and are at be by can could did do does for from how i if in is it my of on or our she " +
    "should that the they this to was we what when where which who with would you your").split(" "));
  const HAN = /[\u3400-\u9fff]/;
  const RUN = /[\u3400-\u9fff]+|[a-z]+|[0-9]+(?:\.[0-9]+)?|%/g;
  // What is counted belongs to its number: 3 声 is not 3 天.
  const COUNTED = /([0-9]+(?:\.[0-9]+)?) ?([\u3400-\u9fff%])/g;
  const TYPED = /[\u3400-\u9fff]+|[a-z]+(?:-[a-z]+)*|[0-9]+(?:\.[0-9]+)?|%/g;

  // Texts -------------------------------------------------------------------------------------------------------

  let simple = new Map();

  /** One width, case and form of characters, so that ＶＩＰ, vip and VIP are one word, and 預訂 and 预订. */
  function fold(text) {
    return Array.from(String(text || "").normalize("NFKC").toLowerCase().trim(), letter => simple.get(letter) || letter).join("");
  }

  /** English words without their endings. */
  function stem(word) {
    return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, "") : word.length > 3 ? word.replace(/s$/, "") : word;
  }

  /** Neighbours in pairs; one alone stays alone. */
  function inPairs(list, between) {
    return list.length < 2 ? list : list.slice(1).map((next, index) => list[index] + between + next);
  }

  /** Chinese in pairs of characters; words, numbers and signs by themselves, also where they touch; numbers with what they count. */
  function tokens(text) {
    const counts = Array.from(text.matchAll(COUNTED), ([, number, unit]) => number + unit);
    return [...(text.match(RUN) || []).flatMap(run => HAN.test(run) ? inPairs(Array.from(run), "") : [stem(run)]), ...counts];
  }

  /** Material puts titles and texts into the page as HTML, so they must not be any. */
  function escape(text) {
    return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
  }

  // Files -------------------------------------------------------------------------------------------------------

  const folder = new URL("../search/", scope.address);
  let core = null;
  let coming = null;
  let files = new Map();

  async function fetched(address, fresh) {
    const answer = await fetch(address, fresh ? { cache: "reload" } : {});
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    const text = await answer.text();
    return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
  }

  /** Where nothing can be fetched, each file is a script that calls with what it holds. */
  function called(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      scope.waiting = scope.waiting || new Map();
      self.handbookSearch = data => scope.waiting.get(document.currentScript.src)(data);
      scope.waiting.set(String(address), resolve);
      script.addEventListener("error", reject);
      script.addEventListener("load", () => { script.remove(); reject(new Error(`nothing in ${address}`)); });
      script.src = address;
      document.head.append(script);
    });
  }

  const read = scope.read || (location.protocol === "file:" ? called : fetched);

  /** Read the core, anew where the other files turn out to be of a later one. */
  function start(fresh) {
    coming = read(new URL("core.js", folder), fresh).then(setUp).catch(() => { coming = null; });
    return coming;
  }

  /** The data of a file once it is there, null once it is known that it cannot be had, undefined until then. */
  function held(name) {
    const file = files.get(name);
    return file && file.data;
  }

  /** Fetch what is not there yet; false where a file belongs to another core. What failed is tried again next time. */
  async function fetchAll(names) {
    const same = await Promise.all(names.map(name => {
      if (held(name) === null) files.delete(name);
      if (!files.has(name)) files.set(name, fetchOne(name));
      return files.get(name).coming;
    }));
    return same.every(Boolean);
  }

  function fetchOne(name) {
    const file = { data: undefined }, { mark } = core;
    const settle = (data, same) => { file.data = data; return same; };
    file.coming = read(new URL(name, folder), false)
      .then(found => found.mark === mark ? settle(found.data, true) : settle(null, false), () => settle(null, true));
    return file;
  }

  /** The file, of those with postings, that holds a token. */
  function fileOf(token) {
    let value = 0;
    for (const letter of token) value = (Math.imul(value, 131) + letter.charCodeAt(0)) >>> 0;
    return `words/${((value ^ (value >>> 15)) >>> 0) & (core.words - 1)}.js`;
  }

  const fileOfText = number => `texts/${Math.floor(number / core.texts)}.js`;

  /** The texts of a document once they are there: lead, questions, foreign names, parts. */
  function textOf(number) {
    const file = held(fileOfText(number));
    const [lead = "", asks = [], foreign = [], parts = []] = (file && file[number % core.texts]) || [];
    return { lead, asks, foreign, parts };
  }

  // What there is -----------------------------------------------------------------------------------------------

  let docs, names, pairs, heard, said, readings, syllables, equal, latin, known;

  function setUp(index) {
    core = index;
    files = new Map();
    docs = index.docs;
    inText.clear();
    const [forms, letters] = index.simple.map(each => Array.from(each));
    simple = new Map(forms.map((form, at) => [form, letters[at]]));
    [names, pairs, heard, said, readings, syllables, equal] = [[], new Map(), null, null, new Map(), new Set(), new Map()];
    for (const [sound, letters] of Object.entries(index.sounds)) {
      syllables.add(sound);
      for (const letter of letters) readings.set(letter, sound);
    }
    for (const group of index.equal) for (const word of group) post(equal, word, group);
    docs.forEach((doc, number) => {
      doc.pack = doc.location.split("/")[0];
      const add = (told, sort) => told && names.push({ number, sort, told, text: fold(told), read: (doc.read || {})[told] });
      add(doc.title, "title");
      add(doc.code, "code");
      doc.aliases.forEach(name => add(name, "alias"));
      (doc.foreign || []).forEach(name => add(name, "foreign"));
    });
    names.forEach((name, place) => {
      const parts = new Set(tokens(name.text));
      name.size = parts.size;
      parts.forEach(token => post(pairs, token, place));
    });
    known = new Set(pairs.keys());
    for (let at = 0; at < index.pairs.length; at += 2) known.add(index.pairs.slice(at, at + 2));
    latin = Array.from(pairs.keys()).filter(token => /^[a-z]{3,}$/.test(token));
  }

  function post(postings, token, place) {
    const places = postings.get(token);
    if (places) places.push(place);
    else postings.set(token, [place]);
  }

  /** By sound, made once somebody needs it: the pairs of characters that names hold, by their syllables. */
  function sounds() {
    if (heard) return heard;
    heard = new Map();
    const hear = (sound, pair) => heard.has(sound) ? heard.get(sound).add(pair) : heard.set(sound, new Set([pair]));
    for (const name of names) {
      if (name.sort === "code" || name.sort === "foreign") continue;
      const read = soundsOf(name);
      name.initials = read.map(sound => sound[0]).join("");
      let at = 0;
      for (const run of name.text.match(/[\u3400-\u9fff]+/g) || []) {
        inPairs(Array.from(run), "").forEach((pair, step) => run.length > 1 && hear(`${read[at + step]} ${read[at + step + 1]}`, pair));
        at += run.length;
      }
    }
    for (const pair of known) if (!pairs.has(pair)) hear(readingOf(pair).join(" "), pair);
    return heard;
  }

  /** Ways to answer by pairs of characters that sound so. */
  const waysOfSound = (sound, factor) => Array.from(sounds().get(sound) || []).slice(0, 6).map(token => ({ tokens: [token], factor }));

  /** Ways to answer a pair that nothing knows: pairs that sound like it. */
  const alikeTo = pair => known.has(pair) ? [] : waysOfSound(readingOf(pair).join(" "), SOUND);

  const soundsOf = name => name.read ? name.read.split(" ") : readingOf(name.text);
  const readingOf = text => Array.from(text).filter(letter => HAN.test(letter)).map(letter => readings.get(letter) || letter);

  // The query ---------------------------------------------------------------------------------------------------

  const segmenter = Intl.Segmenter ? new Intl.Segmenter("zh", { granularity: "word" }) : null;

  /** Words of a single character, but for those that ask or join: 扶, 退, 修. Several in a row are no words. */
  function wordsOfOne(run) {
    if (!segmenter || !HAN.test(run) || run.length < 2) return [];
    const words = Array.from(segmenter.segment(run), ({ segment }) => segment);
    const single = words.map(word => word.length === 1 && !JOINTS.has(word));
    return words.filter((_, at) => single[at] && !single[at - 1] && !single[at + 1]);
  }

  /** Where two words meet in a run of characters, as far as the browser knows words; one of them is longer than a character. */
  function meetings(run) {
    const words = segmenter ? Array.from(segmenter.segment(run)) : [];
    return new Set(words.slice(1).filter((word, index) => Math.max(word.segment.length, words[index].segment.length) > 1).map(word => word.index));
  }

  /** Where the browser's words end. */
  const endsOfWords = query => new Set(segmenter ? Array.from(segmenter.segment(query), ({ segment, index }) => index + segment.length) : []);

  /** Whether a stretch ends within a word that begins in it: 店服 in 到店服务. */
  function cutsWord(ends, at, end) {
    if (!ends.size || ends.has(end)) return false;
    for (let place = at + 1; place < end; place += 1) if (ends.has(place)) return true;
    return false;
  }

  /** The longest word that has others of the same meaning and begins at a place of the query. */
  function equalAt(query, at, ends) {
    for (let end = Math.min(query.length, at + 12); end > at + 1; end -= 1) {
      const word = query.slice(at, end);
      if (!equal.has(word) || (HAN.test(word) && cutsWord(ends, at, end))) continue;
      if (!HAN.test(word) && (/[a-z]/.test(query[at - 1]) || /[a-z]/.test(query[end]))) continue;
      return word;
    }
    return "";
  }

  const plain = token => ({ tokens: [token], factor: 1 });

  /** What has to be answered: the ways to answer, each by tokens that stand together; whether words only meet in it. */
  function partsOf(query) {
    const found = new Map();
    const add = ([key, part]) => { if (!found.has(key) || found.get(key).meets) found.set(key, part); };
    const ends = endsOfWords(query);
    let from = 0;
    for (let at = 0; at < query.length; at += 1) {
      const word = equalAt(query, at, ends), end = at + word.length;
      if (!word) continue;
      partsOfText(query.slice(from, at), !found.size && end === query.length).forEach(add);
      partsOfWord(query, at, word).forEach(add);
      from = end;
      at = end - 1;
    }
    partsOfText(query.slice(from), !found.size).forEach(add);
    return Array.from(found.values());
  }

  /** The parts of what is no word with others of its meaning; a single character is one where it is `all` there is. */
  function partsOfText(text, all) {
    return Array.from(text.matchAll(TYPED)).flatMap(({ 0: run, index }) => {
      if (run.includes("-")) return [[run, { ways: [{ tokens: run.split("-").map(stem), factor: 1 }, plain(run.replace(/-/g, ""))] }]];
      const unit = /^[0-9]/.test(run) ? text.slice(index + run.length).match(/^ ?([\u3400-\u9fff%])/) : null;
      if (unit) return [[run, { ways: [plain(run + unit[1]), { tokens: [run], factor: ALONE }] }]];
      if (!HAN.test(run)) return [[stem(run), { ways: waysOfWord(stem(run)) }]];
      if (run.length < 2) return all ? [[run, { ways: [plain(run)], alone: run }]] : [];
      return [...wordsOfOne(run).map(letter => [letter, { ways: [plain(letter)], alone: letter }]), ...partsOfRun(run)];
    });
  }

  /** Each pair of characters of a run, with what sounds like it where it is in no name. */
  function partsOfRun(run) {
    const meets = meetings(run);
    return inPairs(Array.from(run), "").map((token, at) =>
      [token, { ways: [plain(token)], alike: alikeTo(token), meets: meets.has(at + 1), inRun: run }]);
  }

  /** A word that may be said otherwise, and the pairs in which it meets its neighbours. */
  function partsOfWord(query, at, word) {
    const others = Array.from(new Set(equal.get(word).flat())).filter(other => other !== word);
    const ways = [word, ...others].map((one, index) => ({ tokens: Array.from(new Set(tokens(one))), factor: index ? EQUAL : 1 }));
    const edges = [at, at + word.length].filter(Boolean).map(edge => query.slice(edge - 1, edge + 1));
    const met = edges.filter(edge => edge.length === 2 && Array.from(edge).every(letter => HAN.test(letter)));
    return [[word, { ways, size: ways[0].tokens.length }], ...met.map(edge => [edge, { ways: [plain(edge)], alike: alikeTo(edge), meets: true }])];
  }

  /** A pair that stands nowhere between two that stand somewhere is where two words meet. */
  function bridged(parts) {
    return parts.map((part, at) => {
      const [before, after] = [parts[at - 1], parts[at + 1]];
      const bridges = part.inRun && !part.inDocs.size && [before, after].every(each => each && each.inRun === part.inRun && each.inDocs.size);
      return bridges ? { ...part, mass: 0 } : part;
    });
  }

  /** A word, or else what begins so or differs in one letter. */
  function waysOfWord(word) {
    const ways = [{ tokens: [word], factor: 1 }];
    if (word.length < 3 || pairs.has(word)) return ways;
    const near = latin.filter(other => other.startsWith(word) || (word.length > 4 && isNear(word, other)));
    return [...ways, ...near.slice(0, 8).map(other => ({ tokens: [other], factor: .8 }))];
  }

  /** Whether one letter more, less, other, or two in the wrong order make one word the other. */
  function isNear(one, other) {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const tail = (a, b) => one.slice(at + a) === other.slice(at + b);
    return tail(1, 1) || tail(1, 0) || tail(0, 1) || (one[at] === other[at + 1] && one[at + 1] === other[at] && tail(2, 2));
  }

  // What fits ---------------------------------------------------------------------------------------------------

  /** Numbers of documents from the first one and the steps to the next ones. */
  function numbers(steps) {
    let sum = 0;
    return (steps || []).map(step => sum += step);
  }

  /** How well names, by place, and documents, by number, hold a token, as far as its file is there. */
  function standing(token) {
    const file = held(fileOf(token));
    const [strong, weak] = (file && Object.hasOwn(file, token) && file[token]) || [];
    const inNames = new Map((pairs.get(token) || []).map(place => [place, 1]));
    const inDocs = new Map();
    for (const number of numbers(weak)) inDocs.set(number, PLACES.weak);
    for (const number of numbers(strong)) inDocs.set(number, PLACES.strong);
    for (const place of inNames.keys()) inDocs.set(names[place].number, PLACES.name);
    return { inNames, inDocs };
  }

  /** What holds all of some tokens, as well as it holds the worst of them. */
  function together(maps) {
    const [first, ...others] = maps.sort((a, b) => a.size - b.size);
    const all = new Map();
    for (const [key, value] of first) {
      if (others.every(other => other.has(key))) all.set(key, Math.min(value, ...others.map(other => other.get(key))));
    }
    return all;
  }

  function keepBest(values, key, value) {
    if (value > (values.get(key) || 0)) values.set(key, value);
  }

  /** How much it says that a document holds something, by how many do. */
  const rarity = count => Math.log(1 + docs.length / Math.max(1, count));

  /** A part with what it is worth, and how well each name and each document answers to it. */
  function measured(part) {
    const inNames = new Map(), inDocs = new Map();
    let typed = 0;
    const answer = ways => ways.map(way => {
      const each = way.tokens.map(standing);
      const found = together(each.map(one => one.inDocs));
      const factor = way.factor * (typed ? Math.min(1, rarity(found.size) / rarity(typed)) : 1);
      for (const [place, value] of together(each.map(one => one.inNames))) keepBest(inNames, place, factor * value);
      for (const [number, value] of found) keepBest(inDocs, number, factor * value);
      return { ...way, factor };
    });
    const first = answer(part.ways.slice(0, 1));
    typed = inDocs.size;
    const others = answer(part.ways.slice(1));
    const heard = answer(inDocs.size < 3 && part.alike ? part.alike : []);
    if (part.alone) {
      names.forEach(({ text, number }, place) => {
        if (!text.includes(part.alone)) return;
        inNames.set(place, 1);
        inDocs.set(number, PLACES.name);
      });
    }
    return { ...part, ways: [...first, ...others, ...heard], mass: massOf(part, typed || inDocs.size), inNames, inDocs };
  }

  /** What a part of a query is worth, by how many documents hold it: the rarer, the more. */
  function massOf({ ways: [{ tokens: [token] }], size = 1, meets }, count) {
    if (ENGLISH.has(token)) return .2;
    const joints = Array.from(token).filter(letter => JOINTS.has(letter)).length;
    if (!count && (meets || joints)) return 0;
    const less = (token.length === 1 && HAN.test(token) ? ALONE : 1) * (meets ? MEETS : 1) * (joints > 1 ? .3 : 1);
    return rarity(count) * Math.max(1, .7 * size) * less;
  }

  /** How well a name fits of which so much, of all, was asked for, and that has so many tokens. */
  const nameFit = (sort, share, asked, size) => WORTH[sort] * share * (.6 + .4 * Math.min(1, asked / size));

  /** The documents that hold enough of the parts, each with how well it fits: best where one name holds them all. */
  function holding(parts, factor) {
    const all = massOfAll(parts);
    const inName = new Map(), inDoc = new Map(), there = new Map();
    const add = (sums, key, value) => sums.set(key, (sums.get(key) || 0) + value);
    for (const { mass, inNames, inDocs } of parts) {
      for (const [place, value] of inNames) add(inName, place, mass * value);
      for (const [number, value] of inDocs) {
        add(inDoc, number, mass * value);
        add(there, number, mass);
      }
    }
    const fits = new Map();
    const enough = Array.from(there.values()).some(value => value >= LEAST * all);
    const least = enough ? MORE : Infinity;
    for (const [number, value] of inDoc) {
      if (there.get(number) >= least * all) fits.set(number, { name: 0, place: undefined, whole: value / all, factor, part: 0, parts });
    }
    for (const [place, value] of inName) {
      const { number, sort, size } = names[place];
      const fit = fits.get(number), name = nameFit(sort, value / all, parts.length, size);
      if (fit && name > fit.name) Object.assign(fit, { name, place });
    }
    return fits;
  }

  const valueOf = ({ name, whole, part, body = 0, factor }) => factor * (NAME * name + WHOLE * whole + PART * part + BODY * body);

  /** Keep the better of two answers for each document. */
  function merge(fits, others) {
    for (const [number, fit] of others) {
      if (!fits.has(number) || valueOf(fits.get(number)) < valueOf(fit)) fits.set(number, fit);
    }
    return fits;
  }

  /** Letters cut into as few syllables as they hold, in each way there is. */
  function cuts(letters) {
    const ways = [[[]]];
    for (let end = 1; end <= letters.length; end += 1) {
      for (let start = Math.max(0, end - 6); start < end; start += 1) {
        const sound = letters.slice(start, end);
        if (!ways[start] || !syllables.has(sound)) continue;
        const longer = ways[start].map(way => [...way, sound]), best = ways[end];
        if (!best || longer[0].length < best[0].length) ways[end] = longer;
        else if (longer[0].length === best[0].length) ways[end] = [...best, ...longer].slice(0, CUTS);
      }
    }
    return ways[letters.length] || [];
  }

  /** Names whose first letters are those of the query, in a row. */
  function byInitials(letters) {
    sounds();
    const fits = new Map();
    names.forEach(({ number, sort, initials }, place) => {
      if (!initials || !initials.includes(letters)) return;
      const name = WORTH[sort] * (.7 + .3 * letters.length / initials.length);
      if (!fits.has(number) || fits.get(number).name < name) fits.set(number, { name, place, whole: .5, factor: .95, part: 0 });
    });
    return fits;
  }

  /** What somebody may mean who types letters: words that are read or begin so, and syllables; letters are looked for anyway. */
  function meantBy(query, letters) {
    const { read, begun } = spoken();
    const meaning = (words = [], factor) => words.slice(0, CUTS).map(word => ({ parts: partsOf(word), factor }));
    return [...meaning(read.get(letters), LETTERS), ...meaning(begun.get(letters), BEGUN), ...syllablesOf(query)];
  }

  /** A query in syllables, in each way there is: worth as much as there are pairs that are read so. */
  function syllablesOf(query) {
    const words = query.split(/\s+/).map(cuts);
    const join = all => all.reduce((joined, each) => joined.flatMap(one => each.map(other => [...one, ...other])).slice(0, CUTS), [[]]);
    const found = words.length > 1 && words.every(each => each.length) ? join(words) : cuts(query.replace(/[\s']/g, ""));
    return found.filter(cut => cut.length > 1).map(cut => {
      const all = inPairs(cut, " ").map(sound => ({ ways: waysOfSound(sound, 1) }));
      const parts = all.filter(part => part.ways.length);
      return { parts, factor: LETTERS * parts.length / all.length };
    });
  }

  /** Words of which there are others of the same meaning, by how they are read and by their first letters. */
  function spoken() {
    if (said) return said;
    said = { read: new Map(), begun: new Map() };
    for (const word of equal.keys()) {
      if (!/^[\u3400-\u9fff]{2,}$/.test(word)) continue;
      const sound = readingOf(word);
      post(said.read, sound.join(""), word);
      if (sound.length > 2) post(said.begun, sound.map(each => each[0]).join(""), word);
    }
    return said;
  }

  /** A name that is just what was typed comes first. */
  function same(text) {
    const fits = new Map();
    names.forEach(({ number, sort, text: name }, place) => {
      const fit = { name: WORTH[sort], place, whole: 1, factor: 1.25, part: 1 };
      if (name === text && !(fits.has(number) && fits.get(number).name > fit.name)) fits.set(number, fit);
    });
    return fits;
  }

  /** A query taken apart: what was typed, and what it says where it is syllables; the first letters it may be. */
  function understood(typed) {
    const text = fold(typed).slice(0, LONGEST_QUERY);
    const letters = /^[a-z\s']+$/.test(text) ? text.replace(/[\s']/g, "") : "";
    const readings = [{ parts: partsOf(text), factor: 1 }, ...(letters ? meantBy(text, letters) : [])];
    return { text, readings: readings.filter(({ parts }) => parts.length), letters };
  }

  /** The files with the postings of a query. */
  function filesOf({ readings }) {
    const ways = readings.flatMap(({ parts }) => parts).flatMap(part => [...part.ways, ...(part.alike || [])]);
    return Array.from(new Set(ways.flatMap(way => way.tokens.map(fileOf))));
  }

  /** The documents that answer a query, best first, by names and postings as far as these are there. */
  function candidates(query, about) {
    const fits = same(query.text);
    query.readings.forEach(({ parts, factor }) => merge(fits, holding(bridged(parts.map(measured)), factor)));
    if (query.letters.length > 1 && query.letters.length <= 8) merge(fits, byInitials(query.letters));
    return ordered(Array.from(fits, ([number, fit]) => ({ number, ...fit })), about);
  }

  /** The same, the first of them in the order in which their texts answer. */
  function reread(found, about) {
    return [...ordered(found.slice(0, READ).map(refined), about), ...found.slice(READ)];
  }

  function ordered(found, about) {
    return found.map(fit => ({ ...fit, value: valueOf(fit) + bonus(docs[fit.number], about) * Math.min(1, fit.name + fit.whole) }))
      .sort((a, b) => b.value - a.value || docs[a.number].title.length - docs[b.number].title.length);
  }

  /** What is mine comes before what is as good, records before overviews, and emergencies before all. */
  function bonus(doc, about) {
    return (doc.kind && !doc.aside ? MINE.record : 0) + (doc.first ? MINE.emergency : 0) +
      ((doc.roles || []).some(role => core.roles[role][0] === about.role) ? MINE.role : 0) +
      ((about.packs || []).includes(doc.pack) ? MINE.pack : 0);
  }

  /** The same once the document has been read: its questions are names too, and parts that stand together say more. */
  function refined(fit) {
    if (!fit.parts) return fit;
    const { asks, foreign, lead, parts } = textOf(fit.number);
    const better = { ...fit };
    for (const [sort, list] of [["ask", asks], ["foreign", foreign]]) {
      for (const told of list) {
        const { share, size } = shareIn(told, fit.parts);
        const name = nameFit(sort, share, fit.parts.length, size);
        if (name > better.name) Object.assign(better, { name, told, place: undefined });
      }
    }
    for (const [, text] of [["", lead], ...parts]) {
      const { share } = shareIn(text, fit.parts);
      if (share > better.part) Object.assign(better, { part: share, text });
    }
    const { title, aliases } = docs[fit.number];
    better.body = bodyOf([...Array(NAMED).fill([title, ...aliases]).flat(), lead, ...asks, ...parts.map(([, text]) => text)], fit.parts);
    return better;
  }

  /** How often the parts of a query stand in texts, of what is often: BM25, with the parts for words. */
  function bodyOf(texts, parts) {
    const counts = new Map(), found = texts.flatMap(readIn);
    for (const token of found) counts.set(token, (counts.get(token) || 0) + 1);
    const often = ways => ways.reduce((sum, way) => sum + way.factor * Math.min(...way.tokens.map(token => counts.get(token) || 0)), 0);
    const enough = OFTEN * (1 - LENGTH + LENGTH * found.length / 2 / USUAL);
    const share = ({ mass, ways }) => mass * often(ways) / (often(ways) + enough);
    return parts.reduce((sum, part) => sum + share(part), 0) / massOfAll(parts);
  }

  /** The tokens of a text, and its characters; kept, as the next key mostly asks for the same texts. */
  function readIn(text) {
    if (!inText.has(text)) {
      if (inText.size >= TEXTS_KEPT) inText.clear();
      const folded = fold(text);
      inText.set(text, [...tokens(folded), ...folded]);
    }
    return inText.get(text);
  }

  const inText = new Map();
  const massOfAll = parts => parts.reduce((sum, { mass }) => sum + mass, 0);

  /** How much of the parts of a query a text holds, of all, and how many tokens it has. */
  function shareIn(text, parts) {
    const held = new Set(readIn(text));
    const best = ways => Math.max(0, ...ways.filter(way => way.tokens.every(token => held.has(token))).map(way => way.factor));
    return { share: parts.reduce((sum, { mass, ways }) => sum + mass * best(ways), 0) / massOfAll(parts), size: held.size };
  }

  // What is shown -----------------------------------------------------------------------------------------------

  /** Folded text, and for each of its characters where it stands in the text. */
  function placed(text) {
    const letters = [], places = [];
    let at = 0;
    for (const letter of text) {
      for (const folded of simple.get(letter) || letter.normalize("NFKC").toLowerCase()) {
        letters.push(folded);
        places.push([at, at + letter.length]);
      }
      at += letter.length;
    }
    return { letters, places };
  }

  /** Which characters of a text answer to the query: pairs and words of its ways, or first letters of a name. */
  function hits(text, { tokens: wanted, initials }) {
    const { letters, places } = placed(text);
    const hit = new Array(text.length).fill(false);
    const mark = (from, to) => { for (let at = places[from][0]; at < places[to - 1][1]; at += 1) hit[at] = true; };
    for (let at = 0; at < letters.length; at += 1) {
      if (HAN.test(letters[at])) {
        if (wanted.has(letters[at] + letters[at + 1])) mark(at, at + 2);
        else if (wanted.has(letters[at])) mark(at, at + 1);
      } else if (/[a-z0-9]/.test(letters[at]) && !/[a-z0-9.]/.test(letters[at - 1] || "")) {
        let end = at;
        while (/[a-z0-9.]/.test(letters[end] || "")) end += 1;
        const word = letters.slice(at, end).join("");
        if (tokens(word).some(token => wanted.has(token))) mark(at, end);
      }
    }
    const han = letters.flatMap((letter, at) => HAN.test(letter) ? [at] : []);
    const start = initials ? han.map(at => (readings.get(letters[at]) || " ")[0]).join("").indexOf(initials) : -1;
    if (start >= 0 && !hit.includes(true)) for (const at of han.slice(start, start + initials.length)) mark(at, at + 1);
    return hit;
  }

  /** A text as HTML, from `from` to `to`, with what answers to the query marked. */
  function marked(text, hit, from = 0, to = text.length) {
    let html = "", open = false;
    for (let at = from; at < to; at += 1) {
      if (hit[at] !== open) html += hit[at] ? "<mark>" : "</mark>";
      open = hit[at];
      html += escape(text[at]);
    }
    return html + (open ? "</mark>" : "");
  }

  /** The stretch of a text that holds most of what answers to the query. */
  function excerpt(text, wanted) {
    const hit = hits(text, wanted);
    if (text.length <= LONGEST_TEXT) return marked(text, hit);
    let sum = 0, best = 0, start = 0;
    for (let at = 0; at < text.length; at += 1) {
      sum += (hit[at] ? 1 : 0) - (hit[at - LONGEST_TEXT] ? 1 : 0);
      if (sum > best) [best, start] = [sum, Math.max(0, at - LONGEST_TEXT + 1)];
    }
    const first = hit.indexOf(true, start);
    start = first < 0 ? 0 : Math.max(0, Math.min(first - 8, text.length - LONGEST_TEXT));
    const end = Math.min(text.length, start + LONGEST_TEXT);
    return (start ? "…" : "") + marked(text, hit, start, end) + (end < text.length ? "…" : "");
  }

  /** What is to be marked of a query in a document. */
  function wantedIn(query, fit) {
    const parts = fit.parts || query.readings.flatMap(reading => reading.parts);
    const joined = parts.flatMap(part => part.mass === 0 ? [] : part.ways.flatMap(way => way.tokens));
    return { tokens: new Set(joined.filter(token => !ENGLISH.has(token))), initials: query.letters };
  }

  const paragraph = (sort, html) => html ? `<p class="hb-result__${sort}">${html}</p>` : "";

  /** One result as Material's list expects it: the page, and below it, folded, the places on it that answer too. */
  function item(query, fit) {
    const doc = docs[fit.number], text = textOf(fit.number), wanted = wantedIn(query, fit);
    const told = fit.told || (fit.place === undefined || names[fit.place].sort === "title" ? "" : names[fit.place].told);
    const roles = (doc.roles || []).map(role => core.roles[role][1]);
    const about = [doc.kind, doc.kind && core.packs[doc.pack], roles.slice(0, 2).join(HAN.test(roles[0]) ? "、" : ", ") + (roles.length > 2 ? "…" : ""), doc.version];
    const shown = text.lead && hits(text.lead, wanted).includes(true);
    const place = fit.text && fit.text !== text.lead && !shown && !told ? fit.text : "";
    const html = paragraph("about", about.filter(Boolean).map(escape).join(" · ")) +
      paragraph("lead", marked(text.lead.slice(0, LONGEST_TEXT), hits(text.lead, wanted)) + (text.lead.length > LONGEST_TEXT ? "…" : "")) +
      paragraph("hit", told ? marked(told, hits(told, wanted)) : place ? excerpt(place, wanted) : "");
    const page = { location: addressOf(doc.location), title: marked(doc.title, hits(doc.title, wanted)), text: html, score: fit.value, terms: {} };
    return [page, ...sections(doc, text, fit, wanted)];
  }

  /** The entries of a page, by their anchors, that hold much of the query. */
  function sections(doc, { parts }, fit, wanted) {
    if (!fit.parts || fit.part < .3) return [];
    return parts.filter(([anchor]) => anchor).map(([anchor, text]) => ({ anchor, text, share: shareIn(text, fit.parts).share })).filter(({ share }) => share >= Math.max(.3, .6 * fit.part)).sort((a, b) => b.share - a.share).slice(0, 4)
      .map(({ anchor, text, share }) => ({ location: `${addressOf(doc.location)}#${anchor}`, title: excerpt(text, wanted), text: "", score: Math.min(share, fit.value / 2), terms: {} }));
  }

  /** Without a server a folder has no page of its own. */
  const addressOf = location => self.location && self.location.protocol === "file:" ? `${location}index.html` : location;

  /** By what the results can be narrowed, each with how many there are; what belongs to few of them comes later. */
  function facets(found) {
    const strong = found.filter(({ value }) => value >= .3 * found[0].value);
    const count = valuesOf => {
      const counts = new Map();
      for (const { number } of strong) for (const value of valuesOf(docs[number])) if (value) counts.set(value, (counts.get(value) || 0) + 1);
      return Array.from(counts).sort((a, b) => b[1] - a[1]);
    };
    return {
      kind: count(doc => [doc.kind]).map(([kind, number]) => [kind, kind, number]),
      pack: count(doc => [doc.kind && doc.pack]).map(([pack, number]) => [pack, core.packs[pack] || pack, number]),
      role: count(doc => doc.roles || []).map(([role, number]) => [core.roles[role][0], core.roles[role][1], number]),
    };
  }

  function narrowed(found, only) {
    return found.filter(({ number }) => {
      const doc = docs[number];
      return (!only.kind || doc.kind === only.kind) && (!only.pack || doc.pack === only.pack) &&
        (!only.role || (doc.roles || []).some(role => core.roles[role][0] === only.role));
    });
  }

  /** Names that look most like what was typed, for whoever finds nothing. */
  function nearest(text) {
    const letters = new Set(text.replace(/[\s%]/g, ""));
    const near = new Map();
    for (const { sort, told, text: name } of names) {
      if (sort === "code" || sort === "foreign") continue;
      const shared = Array.from(new Set(name)).filter(letter => letters.has(letter) && !JOINTS.has(letter)).length;
      if (shared) keepBest(near, told, 2 * shared / (letters.size + name.length));
    }
    return Array.from(near).sort((a, b) => b[1] - a[1]).slice(0, 5).map(([told]) => told);
  }

  /** What the page gets: results as far as files are there, by what they can be narrowed, what is near where there is none. */
  function result(query, { about, only }, found) {
    const items = reread(narrowed(found, only), about).slice(0, MOST).map(fit => item(query, fit));
    return { items, facets: found.length ? facets(found) : {}, near: found.length ? [] : nearest(query.text), partly: !filesOf(query).every(held) };
  }

  // Answers -----------------------------------------------------------------------------------------------------

  let turn = 0;

  /** Answer a query: at once where all files are there, else twice where they take long. */
  async function answer(asked, again = false) {
    const mine = ++turn;
    const send = data => mine === turn && scope.post({ type: RESULT, data: { query: asked.query, ...data } });
    if (!core) await (coming || start(false));
    if (!core) return send({ items: [], failed: true, last: true });
    const query = understood(asked.query);
    if (!query.readings.length) return send({ items: [], last: true });
    const slow = setTimeout(() => send(result(query, asked, candidates(query, asked.about))), PATIENCE);
    let same = await fetchAll(filesOf(query));
    const found = candidates(query, asked.about);
    same = await fetchAll(narrowed(found, asked.only).slice(0, READ).map(fit => fileOfText(fit.number))) && same;
    clearTimeout(slow);
    if (mine !== turn) return;
    if (!same && !again) {
      core = null;
      await start(true);
      return answer(asked, true);
    }
    send({ ...result(query, asked, found), last: true });
  }

  // For tests, which ask it without a box.
  scope.engine = { tokens, fileOf, setUp, fetchAll, understood, candidates, reread, held, docs: () => docs };
  scope.listen(({ type, data }) => {
    if (type !== QUERY) return;
    answer(data).catch(error => {
      scope.post({ type: RESULT, data: { query: data.query, items: [], failed: true, last: true } });
      throw error;
    });
  });
  if (scope.post) {
    start(false);
    scope.post({ type: READY });
  }
})(self.handbookSearchHere || {
  address: self.location.href,
  post: message => self.postMessage(message),
  listen: hear => self.addEventListener("message", ({ data }) => hear(data)),
});
