// Keeps a page's live part up to date. Everything works without it, but for reloading.
"use strict";
const main = document.getElementById("main");
const live = document.getElementById("live");
const state = document.getElementById("live-state");
const shown = new Map();
/* The server gives a sign of life every 15 s. Whoever hears none for this long is not connected, whatever the browser
   thinks: of a server that hangs, or of a way that swallows everything, nobody tells it. */
const SILENCE = 40000;
let lastEvent = "";
let lastTime = "";
let heardAt = Date.now();
let source = null;

function show(name) {
  if (name === "on") lastTime = new Date().toLocaleTimeString("en-GB", { timeZone: "Asia/Seoul" });
  const text = name === "signed-out" ? state.dataset.signedOut
    : name === "off" && lastTime ? `${state.dataset.off} (${state.dataset.last.replace("{0}", lastTime)})` : state.dataset[name];
  if (state.dataset.state === name && state.textContent === text) return;
  state.dataset.state = name;
  state.textContent = text;
}

/* Whoever is signed out leaves nothing about anybody on the screen. To load the page again asks them to sign in, or shows
   it as it is for who they are now. */
function leave() {
  show("signed-out");
  const way = document.createElement("a");
  way.href = location.href;
  way.textContent = state.textContent;
  main.replaceChildren(way);
  document.title = way.textContent;
  // One window after the other: each that asks at once is given a form of its own, and only the last of them is good.
  const again = () => { location.reload(); return new Promise(() => {}); };
  if (navigator.locks) navigator.locks.request("dolbom.leave", again); else again();
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
  showLatest();
}

/* What is too wide shows its latest part first. */
function showLatest() {
  for (const box of main.querySelectorAll(".hours .scroll")) box.scrollLeft = box.scrollWidth;
}

/* How long something lasts: a phone that rings. */
function count() {
  for (const time of main.querySelectorAll("time[data-count]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000));
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

function listen() {
  const address = new URL(main.dataset.stream, location.href);
  if (lastEvent) address.searchParams.set("since", lastEvent);
  source?.close();
  const own = source = new EventSource(address);
  heardAt = Date.now();
  const hear = (type, act) => own.addEventListener(type, (event) => {
    // The list as it was kept is of no more use once the server speaks.
    if (document.getElementById("offline")) return location.reload();
    heardAt = Date.now();
    lastEvent = event.lastEventId || lastEvent;
    show("on");
    act(event.data);
  });
  const pass = (type) => (data) => document.dispatchEvent(new CustomEvent(`dolbom:${type}`, { detail: data }));
  hear("live", update);
  hear("rows", pass("rows"));
  hear("alive", pass("alive"));
  own.addEventListener("signed-out", () => { stop(); leave(); });
  own.onerror = async () => {
    show("off");
    if (own.readyState !== EventSource.CLOSED || own !== source) return;
    const question = new AbortController();
    setTimeout(() => question.abort(), 10000);
    const answer = await fetch(address, { signal: question.signal }).catch(() => null);
    question.abort();
    if (own !== source) return;
    if (answer && (answer.status === 401 || answer.redirected)) { stop(); return leave(); }
    setTimeout(() => { if (own === source) listen(); }, 3000);
  };
}

function stop() {
  source.close();
  source = null;
}

function watch() {
  if (!source || Date.now() - heardAt < SILENCE) return;
  show("off");
  listen();
}

showLatest();
listen();
setInterval(count, 1000);
setInterval(watch, 5000);
