// Single keys for what is done often; a preference switches them off, and they never fire while somebody types.
const actions = {
  n: () => visible("[data-log]")?.click(),
  u: () => lastOf("[data-undo]")?.click(),
  "/": () => visible('[data-shortcut="/"]')?.focus(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.shortcuts !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.repeat || event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  const dialog = document.querySelector("dialog[open]");
  const action = dialog ? chip(dialog, event.key) : actions[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
});

function chip(dialog, key) {
  const found = /^[1-8]$/.test(key) && dialog.querySelectorAll(".log-chips:not(.compact) .log-chip")[key - 1];
  return found ? () => found.click() : null;
}

function visible(selector) {
  return [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
}

function lastOf(selector) {
  return [...document.querySelectorAll(selector)].at(-1);
}
