// Switches on and off whether this browser is told of alerts. Without script there is no button.
"use strict";
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
