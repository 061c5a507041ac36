// What a page can do with scripts and does without them too: copy its address, choose light or dark.
(() => {
  const root = document.documentElement;
  const memory = (() => {
    try { return localStorage; } catch { return {}; } // a browser that keeps nothing says no by throwing
  })();
  if (memory.theme) root.dataset.theme = memory.theme;

  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      memory.theme = root.dataset.theme;
    });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    const words = button.textContent;
    button.hidden = false;
    button.ariaLive = "polite";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy || location.href);
      button.textContent = button.dataset.copied || words;
      setTimeout(() => { button.textContent = words; }, 3000);
    });
  }
})();
