// Keeps a page's live part up to date. Everything works without it, but for reloading.
"use strict";
const main = document.getElementById("main");
const state = document.getElementById("live-state");
const live = document.getElementById("live");
const shown = new Map();
const waiting = new Map();
/* The server gives a sign of life every 15 s. Whoever hears none for this long is not connected, whatever the browser
   thinks: of a server that hangs, or of a way that swallows everything, nobody tells it. */
const SILENCE = 40000;
let lastEvent = "";
let lastTime = "";
let heardAt = Date.now();
let source = null;
let next = null;

function show(name) {
  if (name === "on") lastTime = new Date().toLocaleTimeString("en-GB", { timeZone: "Asia/Seoul" });
  const text = name === "signed-out" ? state.dataset.signedOut
    : name === "off" && lastTime ? `${state.dataset.off} (${state.dataset.last.replace("{0}", lastTime)})` : state.dataset[name];
  if (state.dataset.state === name && state.textContent === text) return;
  if (name === "off" && state.dataset.state === "on") document.dispatchEvent(new CustomEvent("dolbom:off", { detail: heardAt }));
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

/* What a section says, but for times that run by themselves. */
function look(section) {
  const copy = section.cloneNode(true);
  for (const time of copy.querySelectorAll("time[data-ago], time[data-count]")) time.textContent = "";
  return copy.outerHTML;
}

/* Whether somebody is writing there, or has written what is not sent. */
function isBusy(section) {
  return [...section.querySelectorAll("input:not([type=hidden]), select, textarea")].some((field) => {
    if (field === document.activeElement) return true;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  });
}

/* Only what differs is replaced, so that scroll and focus stay; and nothing in which somebody is writing. */
function update(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const focused = document.activeElement && document.activeElement.id;
  const old = new Map([...live.children].map((element) => [element.dataset.key, element]));
  let before = null;
  for (const element of [...fresh.content.children]) {
    if (element.dataset.place) {
      const box = document.getElementById(element.dataset.place);
      if (box && box.firstElementChild?.outerHTML !== element.outerHTML) box.replaceChildren(element);
      continue;
    }
    const key = element.dataset.key;
    const known = old.get(key);
    old.delete(key);
    const place = known && stays(known, element) ? known : element;
    if (place !== known) {
      shown.set(key, look(element));
      if (known) replace(known, element); else element.classList.add("news");
    }
    const following = before ? before.nextElementSibling : live.firstElementChild;
    if (following !== place) live.insertBefore(place, following);
    before = place;
  }
  old.forEach((element, key) => {
    giveNoteBack(element);
    element.remove();
    shown.delete(key);
    waiting.delete(key);
  });
  if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  tellTime();
  count();
  announce();
}

/* Whether what is there goes on: as it says the same, or as somebody is writing in it, who is told so. */
function stays(known, element) {
  const key = known.dataset.key;
  if (known.id === "kept" && !known.hidden) return true;
  const isSame = shown.get(key) === look(element);
  if (isSame || !isBusy(known)) {
    waiting.delete(key);
    known.querySelector(".changed")?.remove();
    return isSame;
  }
  waiting.set(key, element);
  if (known.querySelector(".changed")) return true;
  const line = document.createElement("p");
  line.className = "notice changed";
  line.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = live.dataset.look;
  button.addEventListener("click", () => {
    const latest = waiting.get(key);
    waiting.delete(key);
    shown.set(key, look(latest));
    carryOver(known, latest);
    replace(known, latest);
  });
  line.append(live.dataset.changed, button);
  known.querySelector("h2").after(line);
  return true;
}

/* What was written goes with whoever looks at the new one. */
function carryOver(known, element) {
  for (const field of known.querySelectorAll("textarea[name], input[name]:not([type=hidden])")) {
    const isChoice = field.type === "radio" || field.type === "checkbox";
    const same = element.querySelector(`[name="${field.name}"]${isChoice ? `[value="${field.value}"]` : ""}`);
    if (same && isChoice) same.checked = field.checked;
    else if (same) same.value = field.value;
  }
}

/* What was opened and how far was scrolled is on the new one as on the old. */
function replace(known, element) {
  const scrolled = [...known.querySelectorAll(".scroll[id]")]
    .map((box) => [box.id, box.scrollLeft, box.scrollLeft + box.clientWidth >= box.scrollWidth - 2]);
  for (const opened of known.querySelectorAll("details[id][open]")) {
    const same = element.querySelector(`#${opened.id}`);
    if (same) same.open = true;
  }
  known.replaceWith(element);
  for (const [id, left, isAtEnd] of scrolled) {
    const box = document.getElementById(id);
    if (box) box.scrollLeft = isAtEnd ? box.scrollWidth : left;
  }
}

/* Somebody closed the alert while somebody else was writing about it. */
function giveNoteBack(section) {
  const note = section.querySelector("textarea[name=note]");
  const kept = document.getElementById("kept");
  if (!note?.value.trim() || !kept) return;
  const field = kept.querySelector("textarea");
  const isWriting = note === document.activeElement;
  kept.hidden = false;
  field.value = note.value;
  if (isWriting) field.focus({ preventScroll: true });
}

/* Who has it and how it stands is said when it is something else: nothing of what runs or of what is the same. */
function announce() {
  const text = live.querySelector("[data-told]")?.dataset.told ?? "";
  const place = document.getElementById("told");
  if (text !== place.dataset.before) place.textContent = text;
  place.dataset.before = text;
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
  source?.close();
  next?.close();
  next = null;
  source = connect();
  heardAt = Date.now();
}

/* A stream that is about to end says so and goes on until the next one speaks: nothing is missed, and the connection is
   not said to be lost. */
function connect() {
  const address = new URL(main.dataset.stream, location.href);
  if (lastEvent) address.searchParams.set("since", lastEvent);
  const own = new EventSource(address);
  const hear = (type, act) => own.addEventListener(type, (event) => {
    if (own === next) {
      source.close();
      source = own;
      next = null;
    }
    if (own !== source) return;
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
  hear("renew", () => {
    next?.close();
    next = connect();
  });
  own.addEventListener("signed-out", () => { stop(); leave(); });
  own.onerror = async () => {
    if (own === next) {
      next.close();
      next = null;
    }
    if (own !== source) return;
    show("off");
    if (own.readyState !== EventSource.CLOSED) return;
    const question = new AbortController();
    setTimeout(() => question.abort(), 10000);
    const answer = await fetch(address, { signal: question.signal }).catch(() => null);
    question.abort();
    if (own !== source) return;
    if (answer && (answer.status === 401 || answer.redirected)) { stop(); return leave(); }
    setTimeout(() => { if (own === source) listen(); }, 3000);
  };
  return own;
}

function stop() {
  source?.close();
  next?.close();
  source = next = null;
}

function watch() {
  if (!source || Date.now() - heardAt < SILENCE) return;
  show("off");
  listen();
}

if (live) {
  for (const section of live.children) shown.set(section.dataset.key, look(section));
  document.getElementById("told").dataset.before = live.querySelector("[data-told]").dataset.told;
}
showLatest();
count();
listen();
setInterval(count, 1000);
setInterval(watch, 5000);
