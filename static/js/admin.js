// Names what Django's admin leaves nameless for screen readers: search boxes, select boxes that fetch, hints.
addEventListener("load", nameAll);
document.addEventListener("formset:added", nameAll);

function nameAll() {
  const search = document.getElementById("searchbar");
  if (search) name(search, document.querySelector("#changelist-search [type=submit]")?.value);
  document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
    const box = select.nextElementSibling;
    box?.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field").forEach((part) => name(part, labelOf(select)));
  });
  document.querySelectorAll("span.help-tooltip[aria-label]").forEach((hint) => hint.setAttribute("role", "img"));
}

function name(element, text) {
  if (text) element.setAttribute("aria-label", text.trim());
}

function labelOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const cell = select.closest("td");
  return (label ?? cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex])?.textContent;
}
