// Charts by keyboard, pointer and finger: says what the hour under them was. Without it the tables say the same.
// And keeps true how long ago something was, for as long as the page is open.
"use strict";
setInterval(() => {
  const words = document.getElementById("main").dataset;
  for (const time of document.querySelectorAll("main time")) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    const [text, count] = minutes < 1 ? [words.agoNow, ""]
      : minutes < 60 ? [words.agoMinutes, minutes]
      : minutes < 1440 ? [words.agoHours, Math.floor(minutes / 60)]
      : [words.agoDays, Math.floor(minutes / 1440)];
    time.textContent = text.replace("{0}", count);
  }
}, 30000);
for (const chart of document.querySelectorAll(".explore")) {
  const box = chart.querySelector(".scroll");
  const value = chart.querySelector(".resident-value");
  if (!box || !value) {
    continue;
  }
  const cells = [...box.querySelectorAll(".cell, .blank")];
  const number = (cell, name) => Number(cell.getAttribute(name));
  const place = cell => ({
    x: number(cell, "x") + number(cell, "width") / 2,
    y: number(cell, "y") + number(cell, "height") / 2,
  });
  let current = null;
  const show = cell => {
    current?.classList.remove("current");
    current = cell;
    cell.classList.add("current");
    value.textContent = cell.querySelector("title").textContent;
  };
  value.textContent = value.dataset.hint ?? "";
  if ("end" in box.dataset) {
    box.scrollLeft = box.scrollWidth;
  }
  if ("hour" in box.dataset) {
    // On a narrow screen the hours up to now are seen first, beside the days.
    const hours = box.querySelector(".heat-grid").getBoundingClientRect().width;
    const days = box.querySelector(".heat-days").getBoundingClientRect().width;
    box.scrollLeft = (hours * (Number(box.dataset.hour) + 1)) / 24 - (box.clientWidth - days);
  }
  for (const type of ["pointerover", "click"]) {
    box.addEventListener(type, event => {
      const cell = event.target.closest(".cell, .blank");
      if (cell) {
        show(cell);
      }
    });
  }
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", event => {
    const direction = directions[event.key];
    if (!direction || event.target !== box || cells.length === 0) {
      return;
    }
    event.preventDefault();
    if (!current) {
      show(cells[0]);
      return;
    }
    const [right, down] = direction;
    const from = place(current);
    let best = null;
    let least = Infinity;
    for (const cell of cells) {
      const to = place(cell);
      const along = (to.x - from.x) * right + (to.y - from.y) * down;
      const aside = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * right);
      if (cell !== current && along > 4 && along + aside * 4 < least) {
        least = along + aside * 4;
        best = cell;
      }
    }
    if (best) {
      show(best);
      best.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
}
