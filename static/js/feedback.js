// No answer of htmx fails silently: each failure becomes a toast with the way on.
document.addEventListener("htmx:sendError", (event) => say("toast-offline", event));
document.addEventListener("htmx:timeout", (event) => say("toast-offline", event));
document.addEventListener("htmx:swapError", (event) => say("toast-failed", event));
document.addEventListener("htmx:targetError", (event) => say("toast-failed", event));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) return; // session.js leads to the sign-in page
  if (status === 403 && event.detail.xhr.responseText.includes("data-stale-form")) say("toast-stale", event);
  else if (status === 404 || status === 403) say("toast-missing", event);
  else say("toast-failed", event);
});

// What asks again by itself must not ask a server that nobody looks at.
document.addEventListener("htmx:beforeRequest", (event) => {
  const asked = event.detail.requestConfig?.triggeringEvent;
  const polls = event.target.getAttribute?.("hx-trigger")?.includes("every ");
  if (polls && !asked && document.hidden) event.preventDefault();
});

function say(template, { detail }) {
  const fill = (toast) => {
    const reference = detail.xhr?.getResponseHeader?.("X-Request-ID");
    const place = toast.querySelector("[data-reference]");
    if (place && reference) {
      place.textContent = reference;
      place.parentElement.hidden = false;
    }
    toast.querySelector("[data-retry]")?.addEventListener("click", () => {
      toast.remove();
      retry(detail.requestConfig);
    });
  };
  document.dispatchEvent(new CustomEvent("toast", { detail: { template, fill } }));
}

function retry(request) {
  const source = request?.elt;
  if (!source?.isConnected) return location.reload();
  const submitter = request.triggeringEvent?.submitter;
  if (source.matches("form")) return source.requestSubmit(submitter?.isConnected ? submitter : undefined);
  if (source.matches("a, button")) return source.click();
  return htmx.ajax(request.verb, request.path, { source, target: request.target, values: request.parameters });
}
