// Puts a marker from the list beside a form into the text where the cursor stood last. Without scripts people copy it.

function put(marker, field) {
  // Nobody cites before the first word: a cursor at the very start was never placed there.
  const isPlaced = field.selectionEnd > 0;
  const from = isPlaced ? field.selectionStart : field.value.length;
  const to = isPlaced ? field.selectionEnd : field.value.length;
  const before = field.value.slice(0, from);
  const space = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(space + marker, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

export function markerHelpers() {
  for (const helper of document.querySelectorAll("[data-markers-for]")) {
    const form = document.getElementById(helper.dataset.markersFor);
    const said = helper.querySelector("[role=status]");
    if (!form) continue;
    let last = form.querySelector("textarea");
    form.addEventListener("focusin", (event) => {
      if (event.target.matches("textarea")) last = event.target;
    });
    for (const button of helper.querySelectorAll("button[data-marker]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (!last) return;
        put(button.dataset.marker, last);
        const label = form.querySelector(`label[for="${CSS.escape(last.id)}"]`);
        if (said) said.textContent = `${button.dataset.marker} stands in “${label ? label.textContent.trim() : "the text"}” now.`;
      });
    }
  }
}
