// Dialogs: the log sheet opens when its content has come and closes when something was logged.
const sheet = document.getElementById("log-sheet");

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "sheet") return;
  if (!sheet.open) sheet.showModal();
  sheet.querySelector(".log-chip")?.focus();
});
document.addEventListener("activity-logged", () => sheet?.close());

// A toast lies outside of the dialog, where nothing can be reached: on a failure give way to it.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => sheet?.contains(event.target) && sheet.close());
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-help]")) document.getElementById("shortcuts")?.showModal();
});

document.querySelectorAll("dialog").forEach((dialog) => {
  dialog.addEventListener("pointerdown", (event) => {
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (event.target === dialog && !inside) dialog.close();
  });
});
