/* Small conveniences, all of them by data- attributes; every page works without this file.
   data-focus-key="/"      the key that leads to this field
   data-copy="#id"         copies that text; data-done is the word shown afterwards
   data-download="#id"     saves that text as data-file
   data-print              prints the page
   data-confirm-leave      asks before leaving until a form inside was sent
   data-fold-after="10"    folds this element away after so many seconds
   data-close-details      closes the fold around this button
   data-open-when-wide     a fold that stands open where there is room
   data-tick-all="id"      ticks all boxes of that form
   data-tick-count="id"    says in its strong part how many of them are ticked
   data-menu               a menu that closes on Escape and on a click elsewhere */
(() => {
  "use strict";

  const each = (root, selector, act) => {
    if (root.matches && root.matches(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  };
  const textOf = (selector) => document.querySelector(selector).innerText.replace(/\s+/g, " ").trim();
  const isTyping = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

  const fold = (element) => {
    // Whoever is reading or about to press the button in it is not hurried.
    if (element.matches(":hover") || element.contains(document.activeElement)) {
      setTimeout(fold, 2000, element);
      return;
    }
    element.classList.add("is-folding");
    setTimeout(() => element.remove(), 150);
  };

  const say = (button, word) => {
    const label = button.querySelector("span") || button;
    const before = label.textContent;
    label.textContent = word;
    setTimeout(() => { label.textContent = before; }, 3000);
  };

  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text + "\n"], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const boxesOf = (id) => [...document.querySelectorAll(`input.tick[form="${CSS.escape(id)}"]`)];
  const countTicks = () => {
    document.querySelectorAll("[data-tick-count]").forEach((place) => {
      place.querySelector("strong").textContent = boxesOf(place.dataset.tickCount).filter((box) => box.checked).length;
      place.hidden = false;
    });
    document.querySelectorAll("[data-tick-all]").forEach((all) => {
      const boxes = boxesOf(all.dataset.tickAll);
      all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
      all.closest("label").hidden = boxes.length < 2;
    });
  };
  document.addEventListener("change", (event) => {
    const all = event.target.dataset.tickAll;
    if (all) boxesOf(all).forEach((box) => { box.checked = event.target.checked; });
    if (all || event.target.matches("input.tick")) countTicks();
  });
  document.addEventListener("htmx:afterSwap", countTicks);
  window.addEventListener("pageshow", countTicks);

  const prepare = (root) => {
    each(root, "[data-copy]", (button) => { button.hidden = !navigator.clipboard; });
    each(root, "[data-download], [data-print], [data-close-details]", (button) => { button.hidden = false; });
    each(root, "[data-fold-after]", (element) => setTimeout(fold, 1000 * element.dataset.foldAfter, element));
    each(root, "[data-open-when-wide]", (details) => { details.open = window.innerWidth > 768; });
    each(root, "[data-confirm-leave]", (section) => {
      const ask = (event) => event.preventDefault();
      window.addEventListener("beforeunload", ask);
      section.addEventListener("submit", () => window.removeEventListener("beforeunload", ask));
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.copy) {
      navigator.clipboard.writeText(textOf(button.dataset.copy)).then(() => say(button, button.dataset.done));
    } else if (button && button.dataset.download) {
      save(button.dataset.file, textOf(button.dataset.download));
    } else if (button && "print" in button.dataset) {
      window.print();
    } else if (button && "closeDetails" in button.dataset) {
      const details = button.closest("details");
      details.open = false;
      details.querySelector("summary").focus();
    }
    document.querySelectorAll("[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("[data-menu][open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const field = [...document.querySelectorAll("[data-focus-key]")].find(
      (candidate) => candidate.dataset.focusKey === event.key && candidate.offsetParent,
    );
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  // What could not be fetched in place is asked for as a page, which says what is wrong.
  const follow = (event) => {
    const link = event.detail.elt && event.detail.elt.closest("a[href]");
    if (link) window.location.assign(link.href);
  };
  document.addEventListener("htmx:responseError", follow);
  document.addEventListener("htmx:sendError", follow);

  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
})();
