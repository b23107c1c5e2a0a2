// Remembers who was chosen for a group call, and switches on and off whether this browser is told of alerts. Without
// script the boxes that are ticked when the call is made count, and there is no button for notifications.
"use strict";
const chosen = document.getElementById("chosen");

/* Whoever is chosen stays so when another search takes their box away. */
function showChosen() {
  const parties = new Set([...chosen.querySelectorAll("input")].map((party) => party.value));
  const most = Number(chosen.dataset.most);
  for (const box of document.querySelectorAll(".choose-one input")) {
    box.checked = parties.has(box.value);
    box.disabled = !box.checked && parties.size >= most;
  }
  const text = parties.size === 0 ? "" : parties.size >= most ? chosen.dataset.full : chosen.dataset.count;
  for (const count of document.querySelectorAll(".chosen-count")) count.textContent = text.replaceAll("{0}", parties.size);
}

function choose(box) {
  if ([...chosen.querySelectorAll("input")].some((party) => party.value === box.value)) return;
  const item = document.createElement("li");
  const party = document.createElement("input");
  party.type = "hidden";
  party.name = "party";
  party.value = box.value;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "second";
  remove.textContent = `${box.dataset.name} ✕`;
  remove.setAttribute("aria-label", chosen.dataset.remove.replace("{0}", box.dataset.name));
  item.append(party, remove);
  chosen.append(item);
}

function leaveOut(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  showChosen();
  (next?.querySelector("button") ?? document.getElementById("q")).focus();
}

function chooseTicked() {
  for (const box of document.querySelectorAll(".choose-one input:checked")) choose(box);
  showChosen();
}

if (chosen) {
  document.addEventListener("change", (event) => {
    const box = event.target.closest(".choose-one input");
    if (!box) return;
    if (box.checked) choose(box);
    else for (const party of chosen.querySelectorAll("input")) if (party.value === box.value) party.parentElement.remove();
    showChosen();
  });
  chosen.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) leaveOut(item);
  });
  document.addEventListener("htmx:load", showChosen);
  // A browser that comes back to the page may have ticked the boxes by itself.
  addEventListener("pageshow", chooseTicked);
}

const state = document.getElementById("push-state");
const button = document.getElementById("push");

function show(name, pressed) {
  state.textContent = state.dataset[name];
  button.hidden = name === "missing" || name === "denied";
  if (pressed !== undefined) {
    button.textContent = pressed ? button.dataset.on : button.dataset.off;
    button.setAttribute("aria-pressed", String(pressed));
  }
}

function call(method, path, body) {
  const csrf = document.querySelector("meta[name=csrf]");
  const headers = { "Content-Type": "application/json" };
  if (csrf) headers["X-CSRF-Token"] = csrf.content;
  return fetch("/api/v1/push-subscriptions" + path, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin" })
    .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.status === 204 ? null : answer.json(); });
}

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

async function switchOn(worker) {
  if (await Notification.requestPermission() !== "granted") return show("denied");
  const key = (await call("GET", "/key")).applicationServerKey;
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const kept = await call("POST", "", subscription.toJSON());
  localStorage.setItem("push", kept.subscriptionId);
  show("on", true);
}

async function switchOff(subscription) {
  const known = localStorage.getItem("push");
  if (known) await call("DELETE", "/" + known).catch(() => null);
  await subscription.unsubscribe();
  localStorage.removeItem("push");
  show("off", false);
}

async function prepare() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return show("missing");
  if (Notification.permission === "denied") return show("denied");
  const worker = await navigator.serviceWorker.ready;
  const subscribed = await worker.pushManager.getSubscription();
  show(subscribed ? "on" : "off", Boolean(subscribed));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const now = await worker.pushManager.getSubscription();
    await (now ? switchOff(now) : switchOn(worker)).catch(() => show("failed"));
    button.disabled = false;
  });
}

if (state && button) prepare();
