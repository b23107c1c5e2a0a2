// Searches show what they find within the page, so that the way back leads to a page and to no form. What cannot be shown
// there is sent once more as a page of its own: a refusal, or that somebody is to sign in again.
"use strict";
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, isError, serverResponse, requestConfig } = event.detail;
  if (!isError && serverResponse.includes(`id="${target.id}"`)) return;
  event.detail.shouldSwap = false;
  requestConfig.elt.submit();
});
document.addEventListener("htmx:sendError", (event) => event.detail.requestConfig.elt.submit());
