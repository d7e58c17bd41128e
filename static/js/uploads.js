// A file on its way: dropped anywhere on the form, refused before it is sent when it is too large, and followed while it goes.
const FORM = "form[data-upload]";
const form = (event) => event.target.closest?.(FORM);
const language = document.documentElement.lang;

for (const type of ["dragenter", "dragover"]) {
  document.addEventListener(type, (event) => {
    if (!form(event) || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form(event).classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (form(event) && !form(event).contains(event.relatedTarget)) form(event).classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!form(event) || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  form(event).classList.remove("over");
  const field = form(event).querySelector("[type=file]");
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});

document.addEventListener("change", (event) => {
  if (!form(event) || event.target.type !== "file") return;
  const tooLarge = (event.target.files[0]?.size ?? 0) > Number(form(event).dataset.most);
  const said = form(event).querySelector("[data-too-large]");
  said.hidden = !tooLarge;
  event.target.setCustomValidity(tooLarge ? said.textContent.trim() : "");
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const sending = form(event)?.querySelector("[data-sending]");
  if (!sending || !event.detail.lengthComputable) return;
  const { loaded, total } = event.detail;
  const words = sending.querySelector("[data-sent]");
  sending.hidden = false;
  sending.querySelector("progress").value = loaded / total;
  words.textContent = words.dataset.sent.replace("{done}", megabytes(loaded)).replace("{total}", megabytes(total));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const sending = form(event)?.querySelector("[data-sending]");
  if (sending && !event.detail.successful) sending.hidden = true;
});

function megabytes(bytes) {
  return new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(bytes / 2 ** 20);
}
