// Toasts go by themselves after a while, but never under the pointer or the focus; errors wait to be closed.
const SECONDS = 12;
const status = document.getElementById("status");
const timers = new WeakMap();

status.querySelectorAll("[data-toast]").forEach(watch);
new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach((node) => node.matches?.("[data-toast]") && watch(node));
}).observe(status, { childList: true });

status.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-toast]").remove();
  if (event.target.closest("[data-reload]")) location.reload();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open], details[data-menu][open]")) return;
  status.querySelector("[data-toast]:last-of-type")?.remove();
});

// Other scripts ask by an event: {template: id, fill: element => …}; a second toast of a kind replaces the first.
document.addEventListener("toast", ({ detail }) => {
  const toast = document.getElementById(detail.template).content.firstElementChild.cloneNode(true);
  toast.dataset.kind = detail.template;
  detail.fill?.(toast);
  status.querySelector(`[data-kind="${detail.template}"]`)?.remove();
  status.append(toast);
});

function watch(toast) {
  if (toast.matches(".error, .warning")) return;
  start(toast);
  toast.addEventListener("pointerenter", () => stop(toast));
  toast.addEventListener("pointerleave", () => start(toast));
  toast.addEventListener("focusin", () => stop(toast));
  toast.addEventListener("focusout", () => start(toast));
}

function start(toast) {
  stop(toast);
  timers.set(toast, setTimeout(() => toast.remove(), SECONDS * 1000));
}

function stop(toast) {
  clearTimeout(timers.get(toast));
}
