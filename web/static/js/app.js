// Staff pages: small comforts. Everything works without this file.
"use strict";

(() => {
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  // "/" goes to the search box; Escape closes an open menu.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const find = document.getElementById("find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
    if (event.key === "Escape") closeMenus(null, true);
  });

  function closeMenus(except, refocus = false) {
    for (const menu of document.querySelectorAll("details.menu[open], details.user-menu[open]")) {
      if (menu === except) continue;
      if (refocus && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu, details.user-menu")));

  // An error summary takes the focus, also one that htmx has just put in.
  const focusErrors = (root) => {
    const found = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
    found?.focus();
  };
  focusErrors(document);
  document.addEventListener("htmx:after:swap", (event) => focusErrors(event.target));

  // A list filters as soon as a choice changes: <form data-submit-on-change>.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
  });

  // Leaving with words typed but not sent asks first: <form data-keep>.
  const unsaved = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) unsaved.add(form);
  });
  document.addEventListener("submit", (event) => {
    unsaved.delete(event.target);
    // A second click must not send twice; the button stays readable and says that it works.
    if (event.target.method === "post") setTimeout(() => busy(event.target));
  });
  addEventListener("beforeunload", (event) => {
    for (const form of unsaved) if (!form.isConnected) unsaved.delete(form);
    if (unsaved.size) event.preventDefault();
  });
  function busy(form) {
    if (form.matches("[hx-post], [data-hx-post]") || form.querySelector("[hx-post]")) return;
    form.classList.add("htmx-request");
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
  }
  // Coming back with the back button finds the form usable again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form.htmx-request")) {
      form.classList.remove("htmx-request");
      for (const button of form.querySelectorAll("button[disabled]")) button.disabled = false;
    }
  });
})();
