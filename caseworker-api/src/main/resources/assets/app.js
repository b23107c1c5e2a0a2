// Makes the console an app: keeps what is needed to read the last list without a connection.
"use strict";
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => null);
if (document.getElementById("offline")) {
  for (const button of document.querySelectorAll("main button")) button.disabled = true;
  addEventListener("online", () => location.reload());
}
/* On a narrow screen the section or the tab that is open may be beyond the edge. */
for (const open of document.querySelectorAll(".sections [aria-current], .tabs [aria-current]")) {
  const row = open.parentElement.getBoundingClientRect();
  const own = open.getBoundingClientRect();
  open.parentElement.scrollLeft += own.left + own.width / 2 - row.left - row.width / 2;
}
/* What came of an action is told once: not again by a reload, nor to whoever is given the address. */
const told = new URL(location.href);
if (told.searchParams.has("notice")) {
  told.searchParams.delete("notice");
  history.replaceState(history.state, "", told);
}
