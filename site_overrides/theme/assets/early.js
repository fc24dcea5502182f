// Runs in <head>: the few names Material's script expects, and the reader's choice on <html> before the first paint.
(() => {
  const scope = new URL(document.currentScript.dataset.scope, location);

  window.__md_scope = scope;
  window.__md_get = (key, store = localStorage, at = scope) => {
    try {
      return JSON.parse(store.getItem(`${at.pathname}.${key}`));
    } catch (_) {
      return null;
    }
  };
  window.__md_set = (key, value, store = localStorage, at = scope) => {
    try {
      store.setItem(`${at.pathname}.${key}`, JSON.stringify(value));
    } catch (_) {
      // A reader who forbids storage still reads.
    }
  };
  window.__md_hash = text => Array.from(text).reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 0);

  const root = document.documentElement;
  for (const name of ["role", "location"]) {
    try {
      const id = localStorage.getItem(`handbook.${name}`);
      if (id) root.dataset[name] = id;
    } catch (_) {
      return;
    }
  }
})();
