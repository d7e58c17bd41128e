// Runs before the first paint: says that scripts work, and gives the sign-in page the theme of the last person here.
(() => {
  const root = document.documentElement;
  const KEY = "theme"; // shared with Django's admin, which says "auto" where we say "system"
  root.classList.add("js");

  const read = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const write = (theme) => {
    try { localStorage.setItem(KEY, theme === "system" ? "auto" : theme); } catch { /* a private window keeps nothing */ }
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (document.body.dataset.user) write(root.dataset.theme);
  });
  const remembered = read();
  if (root.dataset.theme === "system" && (remembered === "light" || remembered === "dark") && !("known" in root.dataset)) {
    root.dataset.theme = remembered;
  }

  document.addEventListener("change", (event) => {
    if (event.target.name !== "theme" || !["system", "light", "dark"].includes(event.target.value)) return;
    root.dataset.theme = event.target.value;
    write(event.target.value);
  });
})();
