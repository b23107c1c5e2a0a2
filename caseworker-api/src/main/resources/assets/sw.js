// What works without a connection: the shell, and the last list of alerts, for reading; and whoever sends something is
// told that it did not arrive. Nothing that was posted, no stream and no other page is kept. What is kept is forgotten when
// somebody signs in or out, and when it is older than they could be signed in.
"use strict";
const VERSION = "{version}";
const SHELL = "shell-" + VERSION;
const LIST = "list";
const LIFETIME = {lifetime} * 1000;
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
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (/^\/(assets|webjars)\//.test(url.pathname)) event.respondWith(file(event));
});

/* The list as an open page shows it when it loses the connection. */
self.addEventListener("message", (event) => {
  if (typeof event.data?.rows === "string") event.waitUntil(keepRows(event.data.rows, event.data.at).catch(() => null));
});

/* Only what cannot be fetched is offline: a copy that cannot be kept is nobody's trouble. */
async function page(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (lost) {
    return url.pathname === "/" ? last() : caches.match("/offline");
  }
  const isSignIn = answer.redirected && new URL(answer.url).pathname.startsWith("/sign-in");
  if (isSignIn || url.pathname.startsWith("/sign-in")) await caches.delete(LIST).catch(() => null);
  else if (url.pathname === "/" && !url.search && answer.ok && !answer.redirected) {
    event.waitUntil(keep(answer.clone()).catch(() => null));
  }
  return answer;
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
  await put(await answer.text(), headersLike(answer), new Date());
}

async function keepRows(rows, at) {
  const kept = await find();
  if (!kept) return;
  const html = (await kept.text())
    .replace(/(<div id="rows"[^>]*>)[^]*(<\/div>\s*<section class="empty" id="empty")/, (all, begin, end) => begin + rows + end);
  await put(html, new Headers(kept.headers), new Date(at));
}

async function put(html, headers, at) {
  headers.set("X-Kept-At", at.toISOString());
  const list = await caches.open(LIST);
  await list.put("/", new Response(html, { headers }));
}

/* The list that is kept, if whoever was shown it can still be signed in. */
async function find() {
  const kept = await caches.match("/", { cacheName: LIST });
  if (!kept || Date.now() - Date.parse(kept.headers.get("X-Kept-At")) < LIFETIME) return kept;
  await caches.delete(LIST);
  return null;
}

async function last() {
  const kept = await find();
  const offline = await caches.match("/offline");
  if (!kept) return offline;
  const text = await offline.text();
  const told = /data-list="([^"]*)"/.exec(text);
  const time = moment(new Date(kept.headers.get("X-Kept-At")), /lang="(\w+)"/.exec(text)?.[1]);
  const banner = `<p class="offline-banner" id="offline" role="alert">${(told ? told[1] : "{0}").replace("{0}", time)}</p>`;
  return new Response((await kept.text()).replace("<main", () => banner + "<main"), { headers: kept.headers });
}

/* The time of day, and the day where it is not today. */
function moment(at, language) {
  const time = String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
  return at.toDateString() === new Date().toDateString()
    ? time : `${at.toLocaleDateString(language, { month: "long", day: "numeric" })} ${time}`;
}

async function file(event) {
  const { request } = event;
  const shell = caches.open(SHELL);
  let answer;
  try {
    answer = await fetch(request);
  } catch (lost) {
    return await (await shell).match(request, { ignoreSearch: true }) || Response.error();
  }
  if (answer.ok) {
    const copy = answer.clone();
    event.waitUntil(shell.then((cache) => cache.put(request, copy)).catch(() => null));
  }
  return answer;
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
