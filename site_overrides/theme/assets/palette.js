// Runs at the top of <body>: a dark-loving reader never sees a white flash.
(() => {
  const saved = window.__md_get("__palette");
  const color = saved && saved.color;
  const fixed = color && color.media !== "(prefers-color-scheme)" && color.scheme;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.mdColorScheme = fixed || (dark ? "slate" : "default");
})();
