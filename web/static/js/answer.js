// The vendor's answers save by themselves; without this file each question has its own Save button.
//
// Contract with the server
//   A question is <section data-question="ORG-01" [hidden]> holding <form data-answer data-save-url data-revision>.
//   POST data-save-url, form-encoded, header X-CSRF-Token, Accept: application/json
//     csrf, revision, value (repeated for several choices; absent when none is chosen)
//   200 {saved_at: "10:42", revision: 4,
//        progress: {answered: 31, asked: 46}, sections?: {"ORG": [6, 6]},
//        asked: ["ORG-01", …] every question now asked; those of this page that are not in it are hidden}
//   409 {error, theirs: {value, text, by, at, revision}}   a colleague saved in between: both versions are shown
//   other 4xx {error}       a sentence; not sent again until the answer changes
//   403 or 401 {error}      the session ended; the answer stays in this browser and goes out after signing in again
//   5xx, 429 or no network  tried again after 2, 4, 8 … 60 seconds, also after the browser was closed
//   Evidence is sent by evidence.js.
"use strict";

(() => {
  document.documentElement.classList.add("saves-itself");

  const DEBOUNCE = 900, FIRST_RETRY = 2000, LONGEST_RETRY = 60000;
  const KEY = "tierce:answer:";

  // What is not acknowledged yet, kept in the browser under the question's address.
  const outbox = {
    put: (url, entry) => attempt(() => localStorage.setItem(KEY + url, JSON.stringify(entry))),
    get: (url) => attempt(() => JSON.parse(localStorage.getItem(KEY + url))),
    drop: (url) => attempt(() => localStorage.removeItem(KEY + url)),
  };
  function attempt(action) { try { return action(); } catch { return null; } } // private mode may refuse storage

  class Answer {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.saveUrl;
      this.state = form.querySelector("[data-save-state]");
      this.conflict = form.querySelector("[data-conflict]");
      this.sent = this.read();
      this.wait = FIRST_RETRY;
      form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
      form.addEventListener("input", () => this.changed(DEBOUNCE));
      form.addEventListener("change", () => this.changed(0));
      form.addEventListener("focusout", () => this.changed(0));
      this.recover();
    }

    read() { return JSON.stringify(new FormData(this.form).getAll("value")); }

    write(values) {
      for (const field of this.form.querySelectorAll("[name=value]")) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
        else field.value = values[0] ?? "";
      }
    }

    // An answer typed before the browser closed: put back, then sent with the revision it was typed against.
    recover() {
      const kept = outbox.get(this.url);
      if (!kept) return;
      if (kept.values === this.sent) { outbox.drop(this.url); return; }
      this.write(JSON.parse(kept.values));
      this.form.dataset.revision = kept.revision;
      this.save();
    }

    changed(delay) {
      const now = this.read();
      if (now === this.sent && !this.inFlight) { clearTimeout(this.timer); outbox.drop(this.url); return; }
      if (now === this.refused || this.held) return;
      outbox.put(this.url, { values: now, revision: this.form.dataset.revision });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), delay);
    }

    async save() {
      clearTimeout(this.timer);
      if (this.inFlight) { this.again = true; return; }
      const values = this.read();
      if (values === this.sent || this.held) return;
      this.inFlight = true;
      this.say("saving", "Saving…");
      const outcome = await this.post(values);
      this.inFlight = false;
      this.settle(outcome, values);
    }

    async post(values) {
      const body = new URLSearchParams();
      body.append("csrf", this.form.elements.csrf.value);
      body.append("revision", this.form.dataset.revision);
      for (const value of JSON.parse(values)) body.append("value", value);
      try {
        const response = await fetch(this.url, {
          method: "POST", body, credentials: "same-origin", redirect: "error", keepalive: true,
          headers: { "X-CSRF-Token": this.form.elements.csrf.value, Accept: "application/json" },
        });
        return { status: response.status, ...(await response.json().catch(() => ({}))) };
      } catch {
        return { status: 0 };
      }
    }

    settle(outcome, values) {
      if (outcome.status === 200) this.saved(outcome, values);
      else if (outcome.status === 409) this.show(outcome);
      else if (outcome.status === 0 || outcome.status === 429 || outcome.status >= 500) this.later();
      else this.refuse(outcome, values);
    }

    saved(outcome, values) {
      this.sent = values;
      this.refused = null;
      this.wait = FIRST_RETRY;
      this.form.dataset.revision = outcome.revision;
      this.conflict.hidden = true;
      this.say("saved", `Saved ${outcome.saved_at}`);
      mark(this.form.closest("[data-question]"), JSON.parse(values).some(Boolean));
      progress(outcome);
      if (this.read() === values) outbox.drop(this.url);
      else { this.again = false; this.changed(0); }
    }

    later() {
      this.say("waiting", navigator.onLine ? "Not saved – trying again" : "Not saved – you are offline, it is kept here");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_RETRY);
    }

    refuse(outcome, values) {
      const ended = outcome.status === 401 || outcome.status === 403;
      if (!ended) { this.refused = values; outbox.drop(this.url); }
      this.say("refused", outcome.error || (ended ? "Not saved – open your link again, the answer is kept here" : "Not saved – please check this answer"));
    }

    // A colleague's version beside mine; nothing is chosen for the person.
    show({ theirs, error }) {
      if (!theirs) { this.refuse({ status: 409, error }, this.read()); return; }
      this.held = true; // nothing goes out until the person has chosen
      const keep = button("Keep mine", () => this.keep(theirs));
      const take = button("Use theirs", () => this.take(theirs));
      this.conflict.replaceChildren(
        element("p", `${theirs.by} answered this at ${theirs.at}. Yours is still above and is not saved.`),
        element("blockquote", theirs.text ?? String(theirs.value ?? "")),
        element("p", "", [keep, take], "row"),
      );
      this.conflict.hidden = false;
      this.say("refused", "Not saved – choose a version");
    }

    keep(theirs) {
      this.held = false;
      this.form.dataset.revision = theirs.revision;
      this.sent = null;
      this.save();
    }

    take(theirs) {
      this.held = false;
      this.write([].concat(theirs.value ?? []).map(String));
      this.sent = this.read();
      this.form.dataset.revision = theirs.revision;
      this.conflict.hidden = true;
      outbox.drop(this.url);
      this.say("saved", "Their answer stands");
    }

    say(state, text) {
      this.state.dataset.state = state;
      this.state.textContent = text;
      overall();
    }
  }

  function element(name, text, children = [], style = "") {
    const made = document.createElement(name);
    if (style) made.className = style;
    made.append(text, ...children);
    return made;
  }
  function button(text, action) {
    const made = element("button", text, [], "link-button");
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  // The line at the top speaks for the whole page: the worst state wins.
  const answers = [];
  function overall() {
    const line = document.querySelector("[data-saved]");
    if (!line) return;
    const states = answers.map((answer) => answer.state.dataset.state);
    const worst = ["refused", "waiting", "saving", "saved"].find((state) => states.includes(state));
    if (!worst || (line.dataset.state === worst && worst !== "saved")) return;
    const latest = answers.map((answer) => answer.state).filter((state) => state.dataset.state === "saved").map((state) => state.textContent).sort().at(-1);
    line.dataset.state = worst === "refused" ? "waiting" : worst;
    const words = { refused: "One answer is not saved", waiting: "Not saved – trying again", saving: "Saving…", saved: latest };
    line.replaceChildren(element("b", words[worst]));
  }

  function mark(question, answered) {
    const pill = question.querySelector("[data-status]");
    pill.textContent = answered ? "Answered just now" : "Not answered yet";
    pill.className = `pill tone-${answered ? "good" : "plain"}`;
  }

  function progress({ progress: total, sections = {}, asked }) {
    if (total) {
      for (const bar of document.querySelectorAll("[data-progress=bar]")) { bar.max = total.asked; bar.value = total.answered; }
      for (const text of document.querySelectorAll("[data-progress=text]")) text.textContent = `${total.answered} of ${total.asked}`;
    }
    for (const [id, [answered, of]] of Object.entries(sections))
      for (const count of document.querySelectorAll(`[data-section="${CSS.escape(id)}"]`)) count.lastChild.textContent = `${answered}/${of}`;
    if (asked) follow(new Set(asked));
  }

  // Questions that this answer calls for appear, others go; a screen reader hears how many came.
  function follow(asked) {
    let added = 0;
    for (const question of document.querySelectorAll("[data-question]")) {
      const wanted = asked.has(question.dataset.question);
      if (wanted && question.hidden) added += 1;
      question.hidden = !wanted;
    }
    const spoken = document.querySelector("[data-added]");
    if (spoken) spoken.textContent = added ? `${added} more ${added === 1 ? "question" : "questions"} because of this answer` : "";
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-answer]")) answers.push(new Answer(form));
    overall();
  });
  addEventListener("online", () => answers.forEach((answer) => { answer.wait = FIRST_RETRY; answer.save(); }));
  addEventListener("pagehide", () => answers.forEach((answer) => { if (answer.read() !== answer.sent) answer.save(); }));
})();
