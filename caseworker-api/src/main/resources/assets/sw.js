// What works without a connection: the shell, and the last list of alerts, for reading; and whoever sends something is
// told that it did not arrive. Nothing that was posted, no stream and no file is kept. What is kept is forgotten when somebody signs in or out.
"use strict";
const VERSION = "{version}";
const SHELL = "shell-" + VERSION;
const LIST = "list";
const NOT_TAKEN = "/offline/not-taken";
const NOT_SENT = "/offline/not-sent";
const FILES = ["/offline", NOT_TAKEN, NOT_SENT, "/assets/dolbom.css", "/assets/app.js", "/assets/icon.svg", "/assets/icon-192.png"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== SHELL && name !== LIST).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (/^\/sign-(in|out)/.test(url.pathname)) event.waitUntil(caches.delete(LIST));
    if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => notSent(request, url)));
    return;
  }
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (/^\/(assets|webjars)\//.test(url.pathname)) event.respondWith(file(request));
});

async function page(request, url) {
  try {
    const answer = await fetch(request);
    const isSignIn = answer.redirected && new URL(answer.url).pathname.startsWith("/sign-in");
    if (isSignIn || url.pathname.startsWith("/sign-in")) await caches.delete(LIST);
    else if (url.pathname === "/" && !url.search && answer.ok && !answer.redirected) await keep(answer.clone());
    return answer;
  } catch (lost) {
    return url.pathname === "/" ? last() : caches.match("/offline");
  }
}

function headersLike(answer) {
  const headers = new Headers({ "Content-Type": "text/html;charset=utf-8" });
  for (const name of ["Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"]) {
    if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  }
  return headers;
}

/* Nobody may believe that they have an alert whose taking did not arrive. The way back is the page that the form was on. */
async function notSent(request, url) {
  const page = await caches.match(url.pathname.endsWith("/take") ? NOT_TAKEN : NOT_SENT);
  if (!page) return Response.error();
  const from = request.referrer.startsWith(location.origin) ? new URL(request.referrer).pathname : "/";
  return new Response((await page.text()).replace("/offline/back", () => from), { status: 503, headers: headersLike(page) });
}

async function keep(answer) {
  const headers = headersLike(answer);
  headers.set("X-Kept-At", new Date().toISOString());
  const list = await caches.open(LIST);
  await list.put("/", new Response(await answer.text(), { headers }));
}

async function last() {
  const kept = await caches.match("/", { cacheName: LIST });
  const offline = await caches.match("/offline");
  if (!kept) return offline;
  const at = new Date(kept.headers.get("X-Kept-At"));
  const time = String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
  const words = /data-list="([^"]*)"/.exec(await offline.text());
  const banner = `<p class="offline-banner" id="offline" role="alert">${(words ? words[1] : "{0}").replace("{0}", time)}</p>`;
  return new Response((await kept.text()).replace("<main", banner + "<main"), { headers: kept.headers });
}

async function file(request) {
  const shell = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) await shell.put(request, answer.clone());
    return answer;
  } catch (lost) {
    const kept = await shell.match(request, { ignoreSearch: true });
    return kept || Response.error();
  }
}

self.addEventListener("push", (event) => {
  const message = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(message.title || "", {
    body: message.body || message.text || "", icon: "/assets/icon-192.png", tag: message.tag || message.url || "alert",
    requireInteraction: true, data: message.url || "/",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
