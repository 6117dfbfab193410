// Nothing that a person typed is lost: forms that post keep their text in this tab until it is stored by the service.
//
// Kept in sessionStorage: one tab, gone when it closes. Never passwords, files, hidden fields or one-time codes; a form
// opts out with data-no-draft. Cleared when it was stored, on signing out, and when somebody else signs in.

const PREFIX = "sendready.draft:";
const PENDING = "sendready.pending";
const KEPT_TYPES = new Set(["text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local"]);

function store() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // a browser that forbids storage: the page still warns before leaving
  }
}

function isKept(field) {
  if (!field.name || field.disabled || field.readOnly) return false;
  if (field.autocomplete === "one-time-code" || field.closest("[data-no-draft]")) return false;
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) return true;
  if (!(field instanceof HTMLInputElement)) return false;
  return KEPT_TYPES.has(field.type) || field.type === "checkbox" || field.type === "radio";
}

function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const isChoice = field.type === "checkbox" || field.type === "radio";
    const list = (values[field.name] ??= []);
    if (field instanceof HTMLSelectElement && field.multiple) {
      list.push(...[...field.selectedOptions].map((option) => option.value));
    } else if (!isChoice || field.checked) {
      list.push(field.value);
    }
  }
  return values;
}

function putBack(form, values) {
  const seen = {};
  for (const field of form.elements) {
    if (!isKept(field) || !(field.name in values)) continue;
    const wanted = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = wanted.includes(field.value);
    } else if (field instanceof HTMLSelectElement && field.multiple) {
      for (const option of field.options) option.selected = wanted.includes(option.value);
    } else {
      const position = (seen[field.name] = (seen[field.name] ?? -1) + 1);
      if (position < wanted.length) field.value = wanted[position];
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function labelOf(form, name) {
  const field = form.elements.namedItem(name);
  const element = field instanceof RadioNodeList ? field[0] : field;
  return element?.labels?.[0]?.textContent.trim() || name;
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function notice(form, draft, { isOlder, forget }) {
  const box = document.createElement("div");
  box.className = "app-draft";
  box.setAttribute("role", "status");
  const time = new Date(draft.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (isOlder) {
    box.append(
      paragraph(`This page has changed since you typed here at ${time}. What you had typed, to copy what you still need:`),
    );
    for (const [name, values] of Object.entries(draft.values)) {
      const typed = values.join(", ");
      if (!typed || same(values, draft.initial[name])) continue;
      const text = document.createElement("pre");
      text.textContent = typed;
      box.append(paragraph(labelOf(form, name)), text);
    }
  } else {
    box.append(paragraph(`We put back what you had typed at ${time}. It is not saved yet.`));
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "app-link-button";
  button.textContent = isOlder ? "Throw away what I had typed" : "Use the saved text instead";
  button.addEventListener("click", () => {
    forget();
    box.remove();
    const first = form.querySelector("input:not([type=hidden]), textarea, select");
    first?.focus();
  });
  box.append(button);
  form.prepend(box);
}

export function forgetDrafts(storage = store()) {
  if (!storage) return;
  for (const key of Object.keys(storage)) {
    if (key.startsWith("sendready.")) storage.removeItem(key);
  }
}

function followForm(form, position, storage, user) {
  const key = `${PREFIX}${user}:${window.location.pathname}:${form.id || form.getAttribute("action") || position}`;
  let initial = valuesOf(form);
  const warns = Boolean(form.querySelector("textarea, input[type=file]")) || "unsaved" in form.dataset;
  let isDirty = false;
  let isLeaving = false;

  const read = () => {
    try {
      return JSON.parse(storage?.getItem(key) ?? "null");
    } catch {
      return null;
    }
  };
  const write = () => {
    try {
      storage?.setItem(key, JSON.stringify({ at: Date.now(), initial, values: valuesOf(form) }));
    } catch {
      // the tab's storage is full: the warning before leaving remains
    }
  };

  const draft = read();
  // A form that comes back with errors holds what was sent: that is newer than any draft.
  const isReturned = Boolean(document.querySelector(".govuk-error-summary, .app-conflict"));
  if (draft && isReturned) {
    storage.removeItem(key);
  } else if (draft && !same(draft.values, initial)) {
    const isOlder = !same(draft.initial, initial);
    if (!isOlder) {
      putBack(form, draft.values);
      isDirty = true;
    }
    notice(form, draft, {
      isOlder,
      forget: () => {
        storage.removeItem(key);
        isDirty = false;
        if (!isOlder) putBack(form, initial);
        isDirty = false;
        storage.removeItem(key);
      },
    });
  }

  let timer;
  const changed = () => {
    isDirty = !same(valuesOf(form), initial) || hasFile(form);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (isDirty ? write() : storage?.removeItem(key)), 400);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", (event) => event.isTrusted && changed());
  // The page kept it by itself: what stands there now is what is stored.
  form.addEventListener("app:stored", (event) => {
    if (!event.detail.isAll) return;
    initial = valuesOf(form);
    changed();
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    if (!same(valuesOf(form), initial)) write();
    storage?.setItem(PENDING, key);
    isLeaving = true;
  });
  window.addEventListener("pageshow", () => (isLeaving = false));
  window.addEventListener("pagehide", () => isDirty && !isLeaving && !mayLeaveFreely() && write());
  window.addEventListener("beforeunload", (event) => {
    if (!warns || !isDirty || isLeaving || mayLeaveFreely()) return;
    event.preventDefault();
  });
}

// Signing out forgets every draft; a session that ended has kept them already.
const mayLeaveFreely = () => "leaveFreely" in document.body.dataset;

function hasFile(form) {
  return [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);
}

export function keepDrafts() {
  const storage = store();
  const { user = "", drafts = "" } = document.body.dataset;
  // Sign-in pages and error pages: what was sent did not arrive, so everything stays for the way back.
  if (drafts === "keep" || !user) {
    storage?.removeItem(PENDING);
    return;
  }
  if (storage) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${user}:`)) storage.removeItem(key);
    }
    const pending = storage.getItem(PENDING);
    if (pending) {
      storage.removeItem(pending);
      storage.removeItem(PENDING);
    }
  }
  for (const form of document.querySelectorAll("form[data-signs-out]")) {
    form.addEventListener("submit", () => {
      document.body.dataset.leaveFreely = "";
      forgetDrafts(storage);
    });
  }
  document.querySelectorAll("form[method=post]:not([data-no-draft]):not([data-signs-out])").forEach((form, position) => {
    followForm(form, position, storage, user);
  });
}
