/* The code of a link stands behind the # of the address, which no server sees: it is put into the field, and the address
   is left without it. Without this file the code is typed. */
(() => {
  "use strict";
  const field = document.querySelector("[data-from-fragment]");
  const code = decodeURIComponent(window.location.hash.slice(1));
  if (!field || !code) return;
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname);
  document.querySelector("[name=number_end]")?.focus();
})();
