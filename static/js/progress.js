// Long work moves by itself: the element with data-progress-url is fetched again and swapped until it has no such
// address any more; then the page is loaded anew, because its heading and buttons change too. The address may be the
// page's own: of a whole page only the element with the same id is taken. The Refresh link remains for everybody.

const WAIT = 2000;
const LONGEST_WAIT = 30000;

export function followProgress(root = document) {
  for (const element of root.querySelectorAll("[data-progress-url]")) follow(element);
}

function follow(element) {
  let wait = Number(element.dataset.progressEvery) || WAIT;
  let current = element;
  const announcer = document.createElement("p");
  announcer.className = "govuk-visually-hidden";
  announcer.setAttribute("role", "status");
  element.after(announcer);
  let stage = element.dataset.progressStage ?? "";

  async function ask() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", ask, { once: true });
      return;
    }
    try {
      const response = await fetch(current.dataset.progressUrl, {
        headers: { "X-Progress": "1" },
        credentials: "same-origin",
      });
      if (response.redirected || response.status === 403 || response.status === 404) {
        window.location.reload();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(current.id);
      if (!fresh?.dataset.progressUrl) {
        window.location.reload();
        return;
      }
      wait = Number(fresh.dataset.progressEvery) || WAIT;
      if (!current.contains(document.activeElement)) {
        current.replaceWith(fresh);
        current = fresh;
      }
      if (fresh.dataset.progressStage && fresh.dataset.progressStage !== stage) {
        stage = fresh.dataset.progressStage;
        announcer.textContent = stage;
      }
    } catch {
      wait = Math.min(wait * 2, LONGEST_WAIT);
      announcer.textContent = "The service does not answer just now. This page goes on asking.";
    }
    window.setTimeout(ask, wait);
  }

  window.setTimeout(ask, wait);
}
