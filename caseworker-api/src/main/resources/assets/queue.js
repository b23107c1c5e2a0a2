// The list of open alerts: rows that change, filters, shortcuts, sound and the badge in the title. Without it the list is
// there, and filters and buttons work by reloading.
"use strict";
{
  const rows = document.getElementById("rows");
  const filters = document.getElementById("filters");
  const news = document.getElementById("news");
  const alarm = document.getElementById("alarm");
  const title = document.title;

  /* ---- what is shown ---- */

  const chosen = () => Object.fromEntries(new FormData(filters));

  function fits(row, choice) {
    const owner = row.dataset.owner;
    const mine = owner && owner === rows.dataset.me;
    return (choice.who === "all" || (choice.who === "mine" ? mine : !owner || mine))
      && (!choice.office || row.dataset.office === choice.office);
  }

  function arrange() {
    const choice = chosen();
    const counts = { "": 0, critical: 0, urgent: 0, "check-in": 0, review: 0 };
    let seen = 0;
    let critical = 0;
    for (const row of rows.children) {
      const tier = row.dataset.tier;
      const fit = fits(row, choice);
      if (fit) { counts[""]++; counts[tier]++; }
      if (tier === "critical" && !row.dataset.owner) critical++;
      const visible = fit && (!choice.tier || choice.tier === tier);
      if (visible) seen++;
      if (row.hidden === visible) row.hidden = !visible;
    }
    for (const place of filters.querySelectorAll("[data-count-of]")) place.textContent = counts[place.dataset.countOf];
    const all = rows.childElementCount;
    document.getElementById("empty").hidden = all > 0;
    const none = document.getElementById("no-match");
    none.hidden = seen > 0 || all === 0;
    none.textContent = none.dataset.text.replace("{0}", all);
    document.title = critical ? `(${critical}) ${title}` : title;
  }

  filters.addEventListener("change", () => {
    arrange();
    const query = new URLSearchParams(Object.entries(chosen()).filter(([name, value]) => value && value !== "todo"));
    history.replaceState(null, "", query.size ? `/?${query}` : "/");
  });
  document.getElementById("show").hidden = true;

  /* ---- rows that change ---- */

  document.addEventListener("dolbom:rows", (event) => {
    const change = JSON.parse(event.detail);
    const focused = document.activeElement;
    const focusedRow = focused && focused.closest("#rows > article");
    const following = focusedRow && (next(focusedRow, 1) || next(focusedRow, -1));
    const fresh = document.createElement("template");
    const kept = new Set();
    const told = [];
    const anchor = scrollY < 40 ? null : focusedRow && inView(focusedRow) ? focusedRow : firstInView();
    const top = anchor && anchor.getBoundingClientRect().top;
    for (const id of change.gone) document.getElementById(`row-${id}`)?.remove();
    for (const [after, html] of change.rows) {
      fresh.innerHTML = html;
      const row = fresh.content.firstElementChild;
      const known = document.getElementById(row.id);
      kept.add(row.id);
      const place = after ? document.getElementById(`row-${after}`) : null;
      if (known && known.dataset.look === row.dataset.look) {
        if (known.previousElementSibling !== place) put(known, place);
        continue;
      }
      // One that somebody had and has no more is as much news as one that nobody has seen.
      const isRaised = known && known.dataset.tier !== row.dataset.tier && row.dataset.tier === "critical";
      if (!row.dataset.owner && (!known || known.dataset.owner || isRaised)) {
        told.push(row);
        row.classList.add("news");
      }
      if (known && known.previousElementSibling === place) known.replaceWith(row);
      else { known?.remove(); put(row, place); }
      tellTime(row);
    }
    if (change.whole) for (const row of [...rows.children]) if (!kept.has(row.id)) row.remove();
    arrange();
    refocus(focused, focusedRow, following);
    const stays = anchor && document.getElementById(anchor.id);
    if (stays && !stays.hidden) scrollBy({ top: stays.getBoundingClientRect().top - top, behavior: "instant" });
    // What is critical is told whatever is shown of the list.
    tell(told.filter((row) => !row.hidden || row.dataset.tier === "critical"));
  });

  /* What somebody looks at stays where it is, whatever comes and goes above it. */
  function inView(row) {
    const box = row.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  function firstInView() {
    return [...rows.children].find((row) => !row.hidden && inView(row)) || null;
  }

  function put(row, place) {
    if (place) place.after(row); else rows.prepend(row);
  }

  /* Who was in a row that is no longer there goes on with the one that was next. */
  function refocus(focused, row, following) {
    if (!row || (document.contains(focused) && !row.hidden)) return;
    const same = focused.id && document.getElementById(focused.id);
    const sameRow = document.getElementById(row.id);
    if (same && sameRow && !sameRow.hidden) return same.focus({ preventScroll: true });
    if (sameRow && !sameRow.hidden) return sameRow.querySelector("h2 a").focus({ preventScroll: true });
    news.textContent = news.dataset.away.replace("{0}", row.dataset.name);
    const link = following && document.getElementById(following.id)?.querySelector("h2 a");
    link?.focus({ preventScroll: true });
  }

  document.addEventListener("dolbom:alive", (event) => {
    const sign = JSON.parse(event.detail);
    const duty = document.getElementById("duty");
    if (duty && duty.innerHTML !== sign.duty) duty.innerHTML = sign.duty;
    document.getElementById("more").textContent = sign.more;
    const watched = document.getElementById("watched");
    if (sign.alive) watched.textContent = sign.alive;
    watched.hidden = !sign.alive;
  });

  /* Once the connection is lost, the list as it is now is the one that can be read without it. */
  document.addEventListener("dolbom:off", (event) => {
    navigator.serviceWorker?.controller?.postMessage({ rows: rows.innerHTML, at: event.detail });
  });

  /* ---- news: spoken, heard, seen ---- */

  function tell(told) {
    const text = (row) => news.dataset.text
      .replace("{0}", row.querySelector(".tier").textContent.trim())
      .replace("{1}", row.querySelector("h2").textContent.trim())
      .replace("{2}", row.querySelector(".reason").textContent.trim());
    const critical = told.filter((row) => row.dataset.tier === "critical");
    const others = told.filter((row) => row.dataset.tier !== "critical");
    if (others.length) news.textContent = others.slice(0, 3).map(text).join(" ");
    if (critical.length) {
      alarm.textContent = critical.slice(0, 3).map(text).join(" ");
      ring();
    }
  }

  const sound = document.getElementById("sound");
  let audio = null;

  const isOn = () => sound.getAttribute("aria-pressed") === "true";

  function setSound(on) {
    sound.setAttribute("aria-pressed", on);
    localStorage.setItem("dolbom.sound", on ? "on" : "off");
    if (on) wake();
    saySound();
  }

  /* Browsers let most pages sound only after they were touched once: until then nobody may believe that it sounds. */
  function wake() {
    if (!audio) {
      audio = new AudioContext();
      audio.addEventListener("statechange", saySound);
    }
    if (audio.state !== "running") audio.resume().catch(() => null);
  }

  function saySound() {
    const text = !isOn() ? sound.dataset.off : audio?.state === "running" ? sound.dataset.on : sound.dataset.touch;
    if (sound.textContent !== text) sound.textContent = text;
  }

  function ring() {
    sound.dataset.rung = Number(sound.dataset.rung || 0) + 1;
    if (!isOn() || audio?.state !== "running") return;
    for (const [start, pitch] of [[0, 660], [0.25, 880], [0.5, 660]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const at = audio.currentTime + start;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.24);
    }
    sound.dataset.sounded = Number(sound.dataset.sounded || 0) + 1;
  }

  sound.hidden = false;
  setSound(localStorage.getItem("dolbom.sound") === "on");
  // Whoever touches the button because it asks for a touch wants to hear it, and not to switch it off.
  let wasAsked = false;
  for (const touch of ["pointerdown", "keydown"]) {
    document.addEventListener(touch, () => { wasAsked = isOn() && audio?.state !== "running"; }, true);
  }
  for (const touch of ["pointerdown", "pointerup", "keydown"]) {
    document.addEventListener(touch, () => { if (isOn()) wake(); });
  }
  sound.addEventListener("click", () => {
    setSound(wasAsked || !isOn());
    wasAsked = false;
  });

  /* ---- shortcuts ---- */

  const help = document.getElementById("help");
  const keysOn = document.getElementById("keys-on");
  keysOn.checked = localStorage.getItem("dolbom.keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("dolbom.keys", keysOn.checked ? "on" : "off"));
  const keys = document.getElementById("keys");
  keys.hidden = false;
  keys.addEventListener("click", () => help.showModal());

  function next(row, step) {
    const forth = step > 0 ? "nextElementSibling" : "previousElementSibling";
    let other = row ? row[forth] : rows.firstElementChild;
    while (other && other.hidden) other = other[forth];
    return other;
  }

  function go(step) {
    const row = document.activeElement?.closest("#rows > article");
    const other = row ? next(row, step) : next(null, 1);
    if (!other) return;
    other.querySelector("h2 a").focus({ preventScroll: true });
    other.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || typing || help.open || !keysOn.checked) return;
    const inRow = target.closest?.("#rows > article");
    if (event.key === "j" || (event.key === "ArrowDown" && inRow)) go(1);
    else if (event.key === "k" || (event.key === "ArrowUp" && inRow)) go(-1);
    else if (event.key === "t" && inRow) inRow.querySelector("button[form=take]")?.click();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });

  arrange();
}
