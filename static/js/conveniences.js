// Small things that only save a click: copy a link, print, tick all, send a filter when a choice changes.

function copyButtons() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) continue;
    button.hidden = false;
    const words = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      button.textContent = "Copied";
      window.setTimeout(() => (button.textContent = words), 3000);
    });
  }
}

function printButtons() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

function checkAll() {
  for (const box of document.querySelectorAll("input[data-check-all]")) {
    const others = [...document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(box.dataset.checkAll)}"]`)];
    box.closest("[hidden]")?.removeAttribute("hidden");
    const show = () => {
      const ticked = others.filter((other) => other.checked).length;
      box.checked = ticked > 0 && ticked === others.length;
      box.indeterminate = ticked > 0 && ticked < others.length;
    };
    box.addEventListener("change", () => {
      for (const other of others) if (!other.disabled) other.checked = box.checked;
    });
    for (const other of others) other.addEventListener("change", show);
    show();
  }
}

// The account menu closes when one leaves it, as people expect of a menu.
function menus() {
  for (const menu of document.querySelectorAll("details[data-menu]")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }
}

export function smallConveniences() {
  copyButtons();
  printButtons();
  checkAll();
  menus();
}
