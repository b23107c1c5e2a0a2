// What every page needs: keeps what is needed to read the last list without a connection, keeps relative times true, and
// says so when what is shown may be old.
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

/* How long ago something was. */
function tellTime(part = document) {
  const words = document.getElementById("main")?.dataset;
  if (!words?.agoNow) return;
  for (const time of part.querySelectorAll("time[data-ago]")) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    const [text, count] = minutes < 1 ? [words.agoNow, ""]
      : minutes < 60 ? [words.agoMinutes, minutes]
      : minutes < 1440 ? [words.agoHours, Math.floor(minutes / 60)]
      : [words.agoDays, Math.floor(minutes / 1440)];
    const now = text.replace("{0}", count);
    if (time.textContent !== now) time.textContent = now;
  }
}
tellTime();
setInterval(tellTime, 10000);

/* A part of a page that asks by itself and gets no answer shows what was: nobody may take it for what is. */
let answeredAt = new Date();
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  answeredAt = new Date();
  document.getElementById("lost")?.remove();
});
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const main = document.getElementById("main");
    const text = main.dataset[event.detail.xhr?.status ? "stale" : "lost"]
      .replace("{0}", answeredAt.toLocaleTimeString("en-GB", { timeZone: "Asia/Seoul" }));
    let lost = document.getElementById("lost");
    if (!lost) {
      lost = document.createElement("p");
      lost.id = "lost";
      lost.className = "offline-banner";
      lost.setAttribute("role", "alert");
      main.before(lost);
    }
    if (lost.textContent !== text) lost.textContent = text;
  });
}
