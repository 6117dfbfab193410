// A session ends after some minutes of doing nothing. A few minutes before, a dialog asks; pressing the button keeps
// it alive. Tabs tell each other through localStorage, so that working in one does not end the other.

const SEEN = "sendready-seen";
const WARN_MINUTES = 5;

function lastSeen() {
  try {
    return Number(window.localStorage.getItem(SEEN)) || 0;
  } catch {
    return 0;
  }
}

function seen(at = Date.now()) {
  try {
    window.localStorage.setItem(SEEN, String(at));
  } catch {
    // this tab counts for itself alone
  }
  return at;
}

export function warnBeforeSessionEnds() {
  const dialog = document.querySelector("dialog[data-session-minutes]");
  if (!dialog) return;
  const length = Number(dialog.dataset.sessionMinutes) * 60_000;
  const warning = Math.min(WARN_MINUTES * 60_000, length / 2);
  const left = dialog.querySelector("[data-session-left]");
  const asking = dialog.querySelector("[data-session-asking]");
  const ended = dialog.querySelector("[data-session-ended]");
  const form = dialog.querySelector("form[data-session-keep]");
  let own = seen();

  document.addEventListener("htmx:afterRequest", () => (own = seen()));

  function tick() {
    const idle = Date.now() - Math.max(own, lastSeen());
    if (idle >= length) {
      show(true);
    } else if (idle >= length - warning) {
      const minutes = Math.max(1, Math.ceil((length - idle) / 60_000));
      left.textContent = minutes === 1 ? "1 minute" : `${minutes} minutes`;
      show(false);
    } else if (dialog.open) {
      dialog.close();
    }
  }

  function show(isOver) {
    dialog.setAttribute("aria-labelledby", isOver ? "session-ended-title" : "session-title");
    asking.hidden = isOver;
    ended.hidden = !isOver;
    if (isOver) document.body.dataset.leaveFreely = "";
    if (!dialog.open) {
      dialog.showModal();
      dialog.focus();
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (response.ok && !response.redirected) {
        own = seen();
        dialog.close();
        return;
      }
    } catch {
      // no answer: the person reads that below and keeps the text
    }
    show(true);
  });
  dialog.addEventListener("cancel", (event) => ended.hidden || event.preventDefault());
  window.setInterval(tick, 5000);
  document.addEventListener("visibilitychange", tick);
}
