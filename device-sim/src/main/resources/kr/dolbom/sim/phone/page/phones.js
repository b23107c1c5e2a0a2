"use strict";

const WORDS = {
  ko: {
    title: "전화기",
    lead: "이 화면의 전화기로만 문자와 전화가 옵니다. 실제 전화망에는 아무것도 나가지 않습니다.",
    emptyTitle: "아직 문자도 전화도 없습니다.",
    emptyLead: "알림이 나가면 받는 사람의 전화기가 여기에 나타납니다.",
    proof: (time) => `마지막 신호 ${time}, 기다리고 있습니다.`,
    other: "English",
    open: (time) => `실시간 연결됨 · ${time}`,
    waiting: "연결하는 중",
    lost: (time) => (time ? `연결이 끊겼습니다. 다시 연결하는 중 · 마지막 ${time}` : "연결이 끊겼습니다. 다시 연결하는 중"),
    failed: (detail) => `그 일은 하지 못했습니다. 전화기는 그대로입니다. (${detail})`,
    unnamed: "이름 없는 전화기",
    rename: "이름 바꾸기",
    save: "저장",
    cancel: "취소",
    nameLabel: "전화기 주인의 이름",
    ringing: "전화가 울립니다",
    from: (number) => `${number}에서`,
    answer: "받기",
    decline: "거절",
    talking: "통화 중",
    nothingSaid: "아직 들리는 말이 없습니다.",
    pressNow: "지금 번호를 누르세요.",
    listenFirst: "안내를 듣고 있습니다.",
    pressed: (keys) => `누른 번호 ${keys}`,
    hangup: "끊기",
    keypad: "번호판",
    tones: "(소리)",
    texts: "문자",
    noTexts: "받은 문자가 없습니다.",
    bytes: (n) => `${n}바이트 · ${n <= 90 ? "단문" : "장문"}`,
    broken: "휴대전화에서 깨지는 글자가 있습니다",
    calls: "지난 전화",
    status: {
      queued: "연결하는 중", ringing: "울리는 중", "in-progress": "통화 중", completed: "통화함", busy: "통화 중이거나 거절함",
      "no-answer": "받지 않음", failed: "연결 안 됨", canceled: "건 쪽에서 끊음",
    },
    lasted: (time) => `${time} 동안`,
    keysNone: "번호를 누르지 않음",
    problem: (code) => `오류 ${code}`,
    habits: "전화기 설정",
    behaviour: "전화가 오면",
    byHand: "직접 받기",
    answerOne: "3초 뒤 받고 1번 누르기",
    answerTwo: "3초 뒤 받고 2번 누르기",
    answerNone: "3초 뒤 받고 듣기만 하기",
    declines: "3초 뒤 거절하기",
    otherwise: "그 밖의 설정",
    line: "회선",
    fine: "정상",
    INVALID_NUMBER: "없는 번호",
    UNREACHABLE: "꺼져 있음",
    UNKNOWN_HANDSET: "해지된 번호",
    BUSY: "통화 중",
    NO_ANSWER: "받지 않음",
    VOICEMAIL: "음성 사서함",
    CALL_STUCK: "전화가 걸리지 않고 대기",
    LANDLINE: "유선 전화",
    UNKNOWN_LANDLINE: "유선 전화(통신사만 앎)",
    OPTED_OUT: "문자 수신 거부",
    BLOCKED: "발신 번호 차단",
    FILTERED: "문자가 스팸으로 걸러짐",
    QUEUE_FULL: "문자를 보내지 못함",
    NO_RECEIPT: "문자는 오지만 결과를 알리지 않음",
    TEXT_LOST: "문자가 사라짐",
    API_400: "발신 서버가 거절(400)",
    API_429: "발신 서버가 너무 많다고 함(429)",
    API_500: "발신 서버 오류(500)",
    API_503: "발신 서버 점검(503)",
    API_HANG: "발신 서버가 일도 답도 없음",
    API_CLOSE: "발신 서버가 연결을 끊음",
    API_LOST_REPLY: "일은 하고 연결을 끊음",
    API_NO_REPLY: "일은 하고 답이 없음",
    answerWrong: "3초 뒤 받고 9번(틀린 번호) 누르기",
    links: "링크가 오면",
    linkAlone: "그대로 두기",
    linkPress: "3초 뒤 열고 단추 누르기",
    linkTwice: "3초 뒤 열고 누르기를 두 번",
    linkLate: "5분 뒤 열고 단추 누르기",
    linkLook: "3초 뒤 열어만 보기",
    visits: "연 링크",
    visited: (visit) => `${visit.method === "POST" ? "누름" : "엶"} · ${visit.status || "답 없음"}`,
    talks: "알림톡",
    everyPhone: "모든 전화기에",
    callbacks: "결과 알림",
    inOrder: "바로, 차례로, 한 번",
    late: "20초 늦게",
    twice: "두 번씩",
    swapped: "순서를 바꿔서",
    lost: "하나도 오지 않음",
    signer: "서명",
    PRIMARY: "첫째 인증 토큰",
    SECONDARY: "둘째 인증 토큰",
    FORGED: "남의 토큰(위조)",
    api: "발신 서버",
    announce: (who) => `${who} 전화가 울립니다.`,
  },
  en: {
    title: "Phones",
    lead: "Texts and calls reach only the phones on this page. Nothing goes out to the real telephone network.",
    emptyTitle: "No texts and no calls yet.",
    emptyLead: "When an alert goes out, the phone that receives it appears here.",
    proof: (time) => `Last signal ${time}, waiting.`,
    other: "한국어",
    open: (time) => `Live · ${time}`,
    waiting: "Connecting",
    lost: (time) => (time ? `Connection lost, reconnecting · last ${time}` : "Connection lost, reconnecting"),
    failed: (detail) => `That could not be done; the phone is as it was. (${detail})`,
    unnamed: "Unnamed phone",
    rename: "Rename",
    save: "Save",
    cancel: "Cancel",
    nameLabel: "Name of the phone's owner",
    ringing: "Ringing",
    from: (number) => `from ${number}`,
    answer: "Answer",
    decline: "Decline",
    talking: "In a call",
    nothingSaid: "Nothing said yet.",
    pressNow: "Press a key now.",
    listenFirst: "Listening.",
    pressed: (keys) => `Pressed ${keys}`,
    hangup: "Hang up",
    keypad: "Key pad",
    tones: "(sound)",
    texts: "Texts",
    noTexts: "No texts received.",
    bytes: (n) => `${n} bytes · ${n <= 90 ? "short" : "long"} message`,
    broken: "Has characters that Korean phones cannot show",
    calls: "Past calls",
    status: {
      queued: "Connecting", ringing: "Ringing", "in-progress": "In a call", completed: "Answered", busy: "Busy or declined",
      "no-answer": "Not answered", failed: "Not connected", canceled: "Taken back by the caller",
    },
    lasted: (time) => `for ${time}`,
    keysNone: "No key pressed",
    problem: (code) => `Error ${code}`,
    habits: "Phone settings",
    behaviour: "When it rings",
    byHand: "Answer by hand",
    answerOne: "Answer after 3 s, press 1",
    answerTwo: "Answer after 3 s, press 2",
    answerNone: "Answer after 3 s, only listen",
    declines: "Decline after 3 s",
    otherwise: "Something else",
    line: "Line",
    fine: "Fine",
    INVALID_NUMBER: "No such number",
    UNREACHABLE: "Switched off",
    UNKNOWN_HANDSET: "Number given back",
    BUSY: "Busy",
    NO_ANSWER: "No answer",
    VOICEMAIL: "Voicemail",
    CALL_STUCK: "Calls stay queued",
    LANDLINE: "Landline",
    UNKNOWN_LANDLINE: "Landline (only the carrier knows)",
    OPTED_OUT: "Texts opted out",
    BLOCKED: "Sender blocked",
    FILTERED: "Texts filtered as spam",
    QUEUE_FULL: "Texts cannot be sent",
    NO_RECEIPT: "Texts come, nobody is told",
    TEXT_LOST: "Texts vanish",
    API_400: "Server refuses (400)",
    API_429: "Server: too many (429)",
    API_500: "Server fails (500)",
    API_503: "Server unavailable (503)",
    API_HANG: "Server does nothing, never answers",
    API_CLOSE: "Server closes the connection",
    API_LOST_REPLY: "Server does it, closes the connection",
    API_NO_REPLY: "Server does it, never answers",
    answerWrong: "Answer after 3 s, press 9 (wrong)",
    links: "When a link comes",
    linkAlone: "Leave it",
    linkPress: "Open after 3 s, press the button",
    linkTwice: "Open after 3 s and press, twice",
    linkLate: "Open after 5 min, press the button",
    linkLook: "Open after 3 s, only look",
    visits: "Opened links",
    visited: (visit) => `${visit.method === "POST" ? "Pressed" : "Opened"} · ${visit.status || "no answer"}`,
    talks: "AlimTalk",
    everyPhone: "For every phone",
    callbacks: "Status callbacks",
    inOrder: "At once, in order, once",
    late: "20 s late",
    twice: "Twice each",
    swapped: "In the wrong order",
    lost: "None arrives",
    signer: "Signed with",
    PRIMARY: "The first auth token",
    SECONDARY: "The second auth token",
    FORGED: "A stranger's token",
    api: "Sending server",
    announce: (who) => `${who}: the phone is ringing.`,
  },
};

const language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ko";
const words = WORDS[language];
const clock = new Intl.DateTimeFormat(language === "ko" ? "ko-KR" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const exact = new Intl.DateTimeFormat(language === "ko" ? "ko-KR" : "en-GB", { dateStyle: "long", timeStyle: "medium" });
const cards = new Map();
const opened = new Set();
let lastSignal = "";

document.documentElement.lang = language;
document.title = language === "ko" ? "전화기 · 돌봄" : "Phones · Dolbom";
for (const element of document.querySelectorAll("[data-say]")) {
  element.textContent = words[element.dataset.say];
}
const toggle = document.getElementById("lang");
toggle.textContent = words.other;
toggle.lang = language === "ko" ? "en" : "ko";
toggle.hreflang = toggle.lang;
toggle.href = language === "ko" ? "?lang=en" : "?lang=ko";

/** Makes an element; texts only ever become text nodes, so nothing that was received is read as markup. */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "class") {
      element.className = value;
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function grouped(number) {
  const korean = /^\+82(\d+)$/.exec(number);
  if (!korean) return number;
  const digits = "0" + korean[1];
  const parts = /^(02|0\d{2})(\d{3,4})(\d{4})$/.exec(digits);
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : digits;
}

function minutes(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function time(iso) {
  const moment = new Date(iso);
  return make("time", { datetime: iso, title: exact.format(moment) }, clock.format(moment));
}

function linked(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+/g)) {
    pieces.push(text.slice(from, match.index));
    pieces.push(make("a", { href: match[0], target: "_blank", rel: "noopener noreferrer" }, match[0]));
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

const send = (method, phone, what, body) => ask(method, `phones/${encodeURIComponent(phone.number)}/${what}`, body || {});

async function ask(method, path, body) {
  const notice = document.getElementById("notice");
  try {
    const response = await fetch(`/phones/api/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    notice.hidden = true;
    return answer;
  } catch (error) {
    notice.textContent = words.failed(error.message);
    notice.hidden = false;
    return null;
  }
}

function whoIs(phone, key) {
  const head = make("div", { class: "who" });
  const show = () => {
    head.replaceChildren(
      make("div", { class: "who-words" },
        make("h2", { id: `${key}-name` }, phone.owner || words.unnamed),
        make("p", { class: "quiet" }, grouped(phone.number))),
      make("button", { class: "plain", type: "button", id: `${key}-rename`, on: { click: edit } }, words.rename));
  };
  const edit = () => {
    const input = make("input", { value: phone.owner, "aria-label": words.nameLabel, maxlength: "40" });
    const form = make("form", { class: "name", on: { submit: (event) => { event.preventDefault(); save(); } } },
      input,
      make("button", { type: "submit" }, words.save),
      make("button", { type: "button", on: { click: close } }, words.cancel));
    const save = async () => { await send("PUT", phone, "owner", { owner: input.value }); close(); };
    head.replaceChildren(form);
    cards.get(phone.number).held = true;
    input.focus();
  };
  const close = () => {
    const card = cards.get(phone.number);
    card.held = false;
    show();
    if (card.waiting) draw(card.waiting);
    document.getElementById(`${key}-rename`)?.focus();
  };
  show();
  return head;
}

function ringingCall(phone, call, key) {
  return make("section", { class: "call", "aria-label": words.ringing },
    make("p", { class: "state" },
      make("span", { class: "state-word" }, `☎ ${words.ringing}`),
      make("span", { "data-since": call.rangAt }, minutes(Date.now() - new Date(call.rangAt)))),
    make("p", { class: "quiet" }, words.from(grouped(call.from))),
    make("div", { class: "pair" },
      make("button", { class: "second", type: "button", id: `${key}-decline`, on: { click: () => send("POST", phone, "decline") } }, words.decline),
      make("button", { class: "main", type: "button", id: `${key}-answer`, on: { click: () => send("POST", phone, "answer") } }, words.answer)));
}

function saidLine(line) {
  return line.language === "zxx"
    ? make("li", {}, `♪ ${words.tones} ${line.text}`)
    : make("li", { lang: line.language }, line.text);
}

function currentCall(phone, call, key) {
  const said = make("ol", { class: "said", id: `${key}-said`, "aria-live": "polite" },
    ...(call.spoken.length ? call.spoken.map(saidLine) : [make("li", {}, words.nothingSaid)]));
  const pad = make("div", { class: "keys", role: "group", "aria-label": words.keypad },
    ...["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"].map((digit, i) =>
      make("button", { type: "button", id: `${key}-key-${i}`, on: { click: () => send("POST", phone, "press", { keys: digit }) } }, digit)));
  return make("section", { class: "call", "aria-label": words.talking },
    make("p", { class: "state" },
      make("span", { class: "state-word" }, words.talking),
      make("span", { "data-since": call.answeredAt }, minutes(Date.now() - new Date(call.answeredAt)))),
    said,
    make("p", { class: call.awaitsKey ? "hint now" : "hint" },
      (call.awaitsKey ? words.pressNow : words.listenFirst) + (call.keys ? ` ${words.pressed(call.keys)}` : "")),
    pad,
    make("button", { class: "second", type: "button", id: `${key}-hangup`, on: { click: () => send("POST", phone, "hangup") } }, words.hangup));
}

function textList(phone) {
  return make("section", { class: "section" },
    make("h3", {}, words.texts),
    phone.texts.length
      ? make("ul", { class: "texts" }, ...phone.texts.map((text) =>
          make("li", {},
            make("p", {}, ...linked(text.body)),
            make("p", { class: "meta" },
              time(text.at),
              make("span", {}, grouped(text.from)),
              make("span", {}, text.bytes === null ? words.broken : words.bytes(text.bytes))))))
      : make("p", { class: "quiet" }, words.noTexts));
}

function pastCalls(phone, current) {
  const past = phone.calls.filter((call) => call !== current).slice(0, 5);
  if (!past.length) return null;
  return make("section", { class: "section" },
    make("h3", {}, words.calls),
    make("ul", { class: "history" }, ...past.map((call) =>
      make("li", {},
        make("p", {}, words.status[call.status],
          call.answeredAt && call.endedAt ? `, ${words.lasted(minutes(new Date(call.endedAt) - new Date(call.answeredAt)))}` : ""),
        make("p", { class: "meta" },
          time(call.createdAt),
          call.answeredAt ? make("span", {}, call.keys ? words.pressed(call.keys) : words.keysNone) : null),
        ...call.warnings.map((warning) => make("p", { class: "warning" }, `${words.problem(warning.code)} · ${warning.message}`))))));
}

function talkList(phone) {
  if (!phone.talks.length) return null;
  return make("section", { class: "section" },
    make("h3", {}, words.talks),
    make("ul", { class: "texts" }, ...phone.talks.map((talk) =>
      make("li", {}, make("p", {}, ...linked(`${talk.text} ${talk.link}`)), make("p", { class: "meta" }, time(talk.at))))));
}

function visitList(phone) {
  if (!phone.visits.length) return null;
  return make("section", { class: "section" },
    make("h3", {}, words.visits),
    make("ul", { class: "history" }, ...phone.visits.slice(0, 5).map((visit) =>
      make("li", {},
        make("p", {}, words.visited(visit)),
        make("p", { class: "meta" }, time(visit.at), make("span", {}, visit.words.slice(0, 80)))))));
}

const BEHAVIOURS = [
  ["byHand", { kind: "by-hand" }],
  ["answerOne", { kind: "answer", afterSeconds: 3, keys: "1" }],
  ["answerTwo", { kind: "answer", afterSeconds: 3, keys: "2" }],
  ["answerWrong", { kind: "answer", afterSeconds: 3, keys: "9" }],
  ["answerNone", { kind: "answer", afterSeconds: 3, keys: "" }],
  ["declines", { kind: "decline", afterSeconds: 3 }],
];
const LINKS = [
  ["linkAlone", { afterSeconds: 0, times: 0, presses: false }],
  ["linkPress", { afterSeconds: 3, times: 1, presses: true }],
  ["linkTwice", { afterSeconds: 3, times: 2, presses: true }],
  ["linkLate", { afterSeconds: 300, times: 1, presses: true }],
  ["linkLook", { afterSeconds: 3, times: 1, presses: false }],
];
const API = ["API_400", "API_429", "API_500", "API_503", "API_HANG", "API_CLOSE", "API_LOST_REPLY", "API_NO_REPLY"];
const LINES = ["INVALID_NUMBER", "UNREACHABLE", "UNKNOWN_HANDSET", "BUSY", "NO_ANSWER", "VOICEMAIL", "CALL_STUCK", "LANDLINE",
  "UNKNOWN_LANDLINE", "OPTED_OUT", "BLOCKED", "FILTERED", "QUEUE_FULL", "NO_RECEIPT", "TEXT_LOST", ...API];
const CALLBACKS = [
  ["inOrder", { delaySeconds: 0, copies: 1, swapped: false, lost: [] }],
  ["late", { delaySeconds: 20, copies: 1, swapped: false, lost: [] }],
  ["twice", { delaySeconds: 0, copies: 2, swapped: false, lost: [] }],
  ["swapped", { delaySeconds: 0, copies: 1, swapped: true, lost: [] }],
  ["lost", { delaySeconds: 0, copies: 1, swapped: false, lost: "all" }],
];

function choice(label, id, options, chosen, change) {
  const select = make("select", { id, on: { change: () => change(select.value) } },
    ...options.map((name) => make("option", { value: name, selected: name === chosen }, words[name])));
  return make("label", {}, label, select);
}

function habits(phone, key) {
  const same = (a, b) => a.kind === b.kind && (a.keys || "") === (b.keys || "") && (a.afterSeconds || 0) === (b.afterSeconds || 0);
  const behaviour = BEHAVIOURS.find(([, known]) => same(known, phone.behaviour))?.[0];
  const faults = Object.keys(phone.faults);
  const line = faults.length === 0 ? "fine" : faults.length === 1 && LINES.includes(faults[0]) ? faults[0] : undefined;
  const links = LINKS.find(([, known]) => Object.keys(known).every((name) => known[name] === phone.links[name]))?.[0];
  const names = (known, chosen) => (chosen ? known : ["otherwise", ...known]);
  return make("details", { open: opened.has(phone.number), on: { toggle: (event) => event.target.open ? opened.add(phone.number) : opened.delete(phone.number) } },
    make("summary", { id: `${key}-habits` }, words.habits),
    make("div", { class: "habits" },
      choice(words.behaviour, `${key}-behaviour`, names(BEHAVIOURS.map(([name]) => name), behaviour), behaviour || "otherwise",
        (name) => send("PUT", phone, "behaviour", BEHAVIOURS.find(([known]) => known === name)[1])),
      choice(words.links, `${key}-links`, names(LINKS.map(([name]) => name), links), links || "otherwise",
        (name) => send("PUT", phone, "links", LINKS.find(([known]) => known === name)[1])),
      choice(words.line, `${key}-line`, names(["fine", ...LINES], line), line || "otherwise",
        (name) => send("PUT", phone, "faults", name === "fine" ? {} : { [name]: null }))));
}

function draw(phone) {
  const known = cards.get(phone.number);
  const shown = JSON.stringify(phone);
  if (known && known.shown === shown) return;
  if (known && known.held) {
    known.waiting = phone;
    return;
  }
  const key = `p${phone.number.slice(1)}`;
  const current = phone.calls.find((call) => call.status === "ringing" || call.status === "in-progress");
  const ringing = current && current.status === "ringing";
  const focused = document.activeElement?.id;
  const scrolled = known?.element.querySelector(".texts")?.scrollTop || 0;
  const element = make("article", { class: `card${ringing ? " ringing" : current ? " talking" : ""}${known ? "" : " new"}`, "aria-labelledby": `${key}-name` },
    whoIs(phone, key),
    !current ? null : ringing ? ringingCall(phone, current, key) : currentCall(phone, current, key),
    textList(phone),
    talkList(phone),
    visitList(phone),
    pastCalls(phone, current),
    habits(phone, key));
  if (known) known.element.replaceWith(element);
  else document.getElementById("phones").append(element);
  cards.set(phone.number, { element, shown, held: false, ringing: ringing ? current.sid : "" });
  const said = element.querySelector(".said");
  if (said) said.scrollTop = said.scrollHeight;
  const texts = element.querySelector(".texts");
  if (texts) texts.scrollTop = scrolled;
  if (focused && focused.startsWith(`${key}-`)) document.getElementById(focused)?.focus();
  if (ringing && known?.ringing !== current.sid) {
    document.getElementById("announce").textContent = words.announce(phone.owner || grouped(phone.number));
  }
}

function drawAll(state) {
  const grid = document.getElementById("phones");
  if (grid.getAttribute("aria-busy") === "true") {
    grid.replaceChildren();
    grid.setAttribute("aria-busy", "false");
  }
  const present = new Set(state.phones.map((phone) => phone.number));
  for (const [number, card] of cards) {
    if (!present.has(number)) {
      card.element.remove();
      cards.delete(number);
    }
  }
  state.phones.forEach(draw);
  count();
}

function count() {
  document.getElementById("empty").hidden = cards.size > 0;
  const ringing = [...cards.values()].filter((card) => card.ringing).length;
  document.title = (ringing ? `(${ringing}) ` : "") + (language === "ko" ? "전화기 · 돌봄" : "Phones · Dolbom");
}

/** What holds for every phone; asked once, since nothing but this page and scripts change it. */
async function drawRules() {
  const [callbacks, signer, faults] = await Promise.all(["callbacks", "signer", "faults"].map((path) => ask("GET", path)));
  if (!callbacks || !signer || !faults) return;
  const same = (known) => (known.lost === "all" ? callbacks.lost.length > 0
    : callbacks.lost.length === 0 && ["delaySeconds", "copies", "swapped"].every((name) => known[name] === callbacks[name]));
  const chosen = CALLBACKS.find(([, known]) => same(known))?.[0];
  const api = Object.keys(faults);
  document.getElementById("rules").replaceChildren(
    make("summary", {}, words.everyPhone),
    make("div", { class: "habits" },
      choice(words.callbacks, "rules-callbacks", [...(chosen ? [] : ["otherwise"]), ...CALLBACKS.map(([name]) => name)], chosen || "otherwise",
        (name) => ask("PUT", "callbacks", CALLBACKS.find(([known]) => known === name)[1])),
      choice(words.signer, "rules-signer", ["PRIMARY", "SECONDARY", "FORGED"], signer.signer,
        async (name) => { if (!(await ask("PUT", "signer", { signer: name }))) drawRules(); }),
      choice(words.api, "rules-api", ["fine", ...API], api[0] || "fine",
        (name) => ask("PUT", "faults", name === "fine" ? {} : { [name]: null }))));
}

function signal() {
  lastSignal = clock.format(new Date());
  live("open", words.open(lastSignal));
  document.getElementById("empty-proof").textContent = words.proof(lastSignal);
}

function live(state, text) {
  document.getElementById("live").dataset.state = state;
  document.getElementById("live-words").textContent = text;
}

live("waiting", words.waiting);
const events = new EventSource("/phones/events");
events.addEventListener("phones", (event) => { drawAll(JSON.parse(event.data)); signal(); });
events.addEventListener("phone", (event) => { draw(JSON.parse(event.data)); count(); signal(); });
events.addEventListener("alive", signal);
events.addEventListener("error", () => live("lost", words.lost(lastSignal)));

drawRules();

setInterval(() => {
  for (const element of document.querySelectorAll("[data-since]")) {
    element.textContent = minutes(Date.now() - new Date(element.dataset.since));
  }
}, 1000);
