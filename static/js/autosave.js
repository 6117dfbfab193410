// A form with data-autosave-url keeps what is written without a press of a button: a few seconds after the last letter.
// The answer brings the new version of the row, so that the next save counts from it. When somebody else saved
// meanwhile nothing is overwritten: the sentence says so, and pressing the button shows both texts.

const QUIET = 3000;
const LONGEST = 20000;

export function keepByItself(root = document) {
  for (const form of root.querySelectorAll("form[data-autosave-url]")) follow(form);
}

function follow(form) {
  const status = form.querySelector("[data-autosave-status]");
  let quiet;
  let since = 0;
  let isBusy = false;
  let isStopped = false;
  let sent = textOf(form);

  const say = (sentence) => {
    if (status && status.textContent !== sentence) status.textContent = sentence;
  };

  async function keep() {
    window.clearTimeout(quiet);
    since = 0;
    if (isStopped || isBusy || textOf(form) === sent) return;
    isBusy = true;
    const data = new FormData(form);
    const text = textOf(form);
    try {
      const response = await fetch(form.dataset.autosaveUrl, { method: "POST", body: data, credentials: "same-origin" });
      if (response.redirected) throw new Error("signed out");
      const answer = await response.json();
      if (response.ok) {
        form.elements.namedItem("version").value = answer.version;
        sent = text;
        form.dispatchEvent(new CustomEvent("app:stored", { detail: { isAll: textOf(form) === text } }));
      } else if (response.status === 409) {
        isStopped = true;
      }
      say(answer.sentence);
    } catch {
      say("Not saved just now: the service does not answer. Your text is kept in this tab.");
    }
    isBusy = false;
    if (textOf(form) !== sent && !isStopped) soon();
  }

  function soon() {
    window.clearTimeout(quiet);
    since ||= Date.now();
    quiet = window.setTimeout(keep, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    isStopped = true;
    window.clearTimeout(quiet);
  });
}

function textOf(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("version");
  return JSON.stringify([...data.entries()]);
}
