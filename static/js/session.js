// A session that ended while somebody typed: to the sign-in page and back, with what was typed kept for that person.
const KEY = "kept-forms";
const HALF_AN_HOUR = 30 * 60 * 1000;
const { login, user } = document.body.dataset;

if (user) restore();

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = event.detail;
  const leads = xhr.getResponseHeader("HX-Redirect") ?? "";
  if (leads.startsWith(login) || xhr.getResponseHeader("HX-Refresh")) return keep();
  if (xhr.status !== 401 && !landedOnSignIn(xhr)) return;
  event.preventDefault();
  keep();
  location.assign(`${login}?next=${encodeURIComponent(location.pathname + location.search)}`);
});

document.addEventListener("click", (event) => event.target.closest("[data-reload]") && keep(), true);
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && forget(), true);

function landedOnSignIn(xhr) {
  return xhr.responseURL && new URL(xhr.responseURL).pathname === login && location.pathname !== login;
}

function keep() {
  const forms = [...document.querySelectorAll("form[data-keep]")].map((form) => ({
    action: form.getAttribute("action"),
    values: [...form.elements].filter(isTyped).map((field) => [field.name, field.value, field.checked ?? null]),
  }));
  if (!user || !forms.length) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ user, path: location.pathname, at: Date.now(), forms }));
  } catch { /* full or forbidden: then it is lost, as without this script */ }
}

function restore() {
  let kept;
  try { kept = JSON.parse(sessionStorage.getItem(KEY)); } catch { return; }
  if (!kept || kept.path !== location.pathname) return;
  forget();
  if (kept.user !== user || Date.now() - kept.at > HALF_AN_HOUR) return;
  for (const { action, values } of kept.forms) {
    const form = [...document.querySelectorAll("form[data-keep]")].find((one) => one.getAttribute("action") === action);
    if (form) fill(form, values);
  }
}

function fill(form, values) {
  const fields = [...form.elements].filter(isTyped);
  for (const [name, value, checked] of values) {
    const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
    const field = fields.find((one) => one.name === name && (!isChoice(one) || one.value === value));
    if (!field) continue;
    if (isChoice(field)) field.checked = checked;
    else field.value = value;
  }
}

function forget() {
  try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ }
}

function isTyped(field) {
  return field.name && field.matches("input:not([type=hidden], [type=password], [type=file], [type=submit]), select, textarea");
}
