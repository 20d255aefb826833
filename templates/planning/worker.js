// Opens the quick page without a connection. Inputs: known (JSON: cache, shell, assets). It keeps nothing but the
// page without a name and what that page is drawn with, and looks at nothing outside its own addresses.
"use strict";

const KNOWN = {{ known|safe }};
const FAMILY = "holdfast-log-";
const PATIENCE = 8000; // milliseconds for a page; a connection that takes longer is as good as none

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(KNOWN.cache);
      // Asked for as by nobody, so that no name can be in what is kept.
      await cache.add(new Request(KNOWN.shell, { credentials: "omit", cache: "reload" }));
      await cache.addAll(KNOWN.assets.map((address) => new Request(address, { credentials: "omit" })));
      await skipWaiting();
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(FAMILY) && name !== KNOWN.cache) await caches.delete(name);
      }
      await clients.claim();
    })(),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(pageOrShell(request));
  else if (KNOWN.assets.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
});

async function pageOrShell(request) {
  let timer;
  const tooLong = new Promise((_, reject) => (timer = setTimeout(reject, PATIENCE)));
  try {
    return await Promise.race([fetch(request), tooLong]);
  } catch {
    return (await caches.match(KNOWN.shell, { ignoreVary: true })) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

async function kept(address, request) {
  return (await caches.match(address, { ignoreVary: true })) ?? fetch(request);
}
