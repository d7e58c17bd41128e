// After a swap the focus is never lost: on the first wrong field, or where the new part of the page begins.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.target;
  if (!part.isConnected || part.closest("#status, dialog")) return;
  const wrong = part.querySelector("[aria-invalid=true]") ?? part.querySelector("[data-errors]");
  if (event.detail.xhr?.status === 422 && wrong) return wrong.focus();
  if (document.activeElement && document.activeElement !== document.body) return;
  if (!event.detail.requestConfig?.triggeringEvent) return; // nobody did anything: it only polled
  const place = part.querySelector("[autofocus], h1, h2") ?? part;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

// A form that came back with a whole page, without htmx.
document.querySelector("main [aria-invalid=true]")?.focus();
