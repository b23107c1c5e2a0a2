// Keeps the page's live part up to date and relative times true. Everything works without it, but for reloading.
"use strict";
const main = document.getElementById("main");
const live = document.getElementById("live");
const state = document.getElementById("live-state");
const shown = new Map();

function show(name) {
  state.dataset.state = name;
  state.textContent = name === "signed-out" ? state.dataset.signedOut : state.dataset[name];
}

/* Only what differs is replaced, so that scroll, focus and whatever is being typed stay. */
function update(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const focused = document.activeElement && document.activeElement.id;
  const old = new Map([...live.children].map((element) => [element.dataset.key, element]));
  let before = null;
  for (const element of [...fresh.content.children]) {
    if (element.dataset.place) {
      document.getElementById(element.dataset.place).replaceChildren(element);
      continue;
    }
    const key = element.dataset.key;
    const known = old.get(key);
    old.delete(key);
    let place = known;
    if (!known || shown.get(key) !== element.outerHTML) {
      shown.set(key, element.outerHTML);
      if (known) known.replaceWith(element); else element.classList.add("news");
      place = element;
    }
    const next = before ? before.nextElementSibling : live.firstElementChild;
    if (next !== place) live.insertBefore(place, next);
    before = place;
  }
  old.forEach((element, key) => { element.remove(); shown.delete(key); });
  if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  tellTime();
}

function tellTime() {
  for (const time of live.querySelectorAll("time:not([data-exact])")) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    const [text, count] = minutes < 1 ? [main.dataset.agoNow, ""]
      : minutes < 60 ? [main.dataset.agoMinutes, minutes]
      : minutes < 1440 ? [main.dataset.agoHours, Math.floor(minutes / 60)]
      : [main.dataset.agoDays, Math.floor(minutes / 1440)];
    const now = text.replace("{0}", count);
    if (time.textContent !== now) time.textContent = now;
  }
}

function listen() {
  const source = new EventSource(main.dataset.stream);
  source.addEventListener("live", (event) => { show("on"); update(event.data); });
  source.addEventListener("alive", () => show("on"));
  source.onerror = async () => {
    show("off");
    if (source.readyState !== EventSource.CLOSED) return;
    const stop = new AbortController();
    const answer = await fetch(main.dataset.stream, { signal: stop.signal }).catch(() => null);
    stop.abort();
    if (answer && answer.status === 401) show("signed-out"); else setTimeout(listen, 3000);
  };
}

listen();
setInterval(tellTime, 10000);
