// How MiniSearch cuts texts and weighs fields; the same where the index is made and where it is asked.
{
  const RUN = /\p{Script=Han}+|[a-z]+|[0-9]+(?:\.[0-9]+)?/gu;
  const HAN = /\p{Script=Han}/u;

  /** Chinese in pairs of characters, one alone as it is; words and numbers whole. */
  function words(text) {
    return (text.normalize("NFKC").toLowerCase().match(RUN) || []).flatMap(run => {
      const letters = Array.from(run);
      return HAN.test(run) && letters.length > 1 ? letters.slice(1).map((next, n) => letters[n] + next) : [run];
    });
  }

  /** Syllables run together, from each one to the end of the name, so that a name is found from its middle too. */
  function heard(text) {
    return text.split("\n").flatMap(name => name.split(" ").map((_, n, all) => all.slice(n).join("")));
  }

  const cut = { pinyin: heard, initials: text => text.split("\n") };

  globalThis.minisearchOptions = {
    idField: "url",
    fields: ["title", "aliases", "asks", "code", "lead", "body", "pinyin", "initials", "english"],
    storeFields: ["title", "lead"],
    tokenize: (text, field) => (cut[field] || words)(text),
    processTerm: term => term,
    searchOptions: {
      tokenize: words,
      boost: { title: 4, aliases: 3, asks: 3, pinyin: 2 },
      prefix: true,
      fuzzy: .2,
      weights: { prefix: .375, fuzzy: .2 },
      combineWith: "OR",
    },
  };
}
