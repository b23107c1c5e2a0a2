// Drag one shift onto another: the swap's form is filled in and waits for its button. Without this the form does it all.
(() => {
  const form = document.getElementById("swap-form");
  if (!form) return;
  const told = document.getElementById("swap-told");
  let dragged = null;
  const target = (event) => {
    const shift = event.target.closest && event.target.closest("[data-shift]");
    return dragged && shift && shift !== dragged && shift.dataset.person !== dragged.dataset.person ? shift : null;
  };
  const text = (select) => select.options[select.selectedIndex].text;
  const show = () => {
    const both = form.first.value && form.second.value;
    told.textContent = both
      ? told.dataset.text.replace("{0}", text(form.first)).replace("{1}", text(form.second))
      : "";
  };
  form.addEventListener("change", show);
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest && event.target.closest("[data-shift]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.shift);
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const shift = target(event);
    if (!shift) return;
    event.preventDefault();
    shift.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    const shift = event.target.closest && event.target.closest("[data-shift]");
    if (shift) shift.classList.remove("over");
  });
  document.addEventListener("dragend", () => {
    document.querySelectorAll(".dragged, .over").forEach((shift) => shift.classList.remove("dragged", "over"));
    dragged = null;
  });
  document.addEventListener("drop", (event) => {
    const shift = target(event);
    if (!shift) return;
    event.preventDefault();
    form.first.value = dragged.dataset.shift;
    form.second.value = shift.dataset.shift;
    document.getElementById("swap").open = true;
    show();
    const button = document.getElementById("swap-do");
    button.scrollIntoView({ block: "center" });
    button.focus();
  });
})();
