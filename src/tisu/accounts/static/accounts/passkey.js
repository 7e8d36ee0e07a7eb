/* Passkeys. A form with data-passkey holds a hidden field "credential"; its button asks the browser's authenticator and
   sends the answer. Without this file the form stays hidden and its <noscript> speaks.
   data-passkey="create" | "get"   sets one up, or shows one
   data-options="{…}"              what the server asks, or
   data-options-from="/address"    where to fetch it when the button is pressed
   data-failed="sentence"          said when nothing came of it */
(() => {
  "use strict";

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
  };
  const letters = (buffer) => {
    if (!buffer) return undefined;
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (credentials) => (credentials || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const asked = ({ publicKey }) => ({
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
    ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
  });

  const told = ({ id, rawId, type, response, authenticatorAttachment, getClientExtensionResults }, credential) => ({
    id,
    rawId: letters(rawId),
    type,
    authenticatorAttachment: authenticatorAttachment || undefined,
    clientExtensionResults: getClientExtensionResults.call(credential),
    response: {
      clientDataJSON: letters(response.clientDataJSON),
      attestationObject: letters(response.attestationObject),
      authenticatorData: letters(response.authenticatorData),
      signature: letters(response.signature),
      userHandle: letters(response.userHandle),
    },
  });

  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  };

  const show = async (form) => {
    const publicKey = asked(await options(form));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(told(credential, credential));
    form.submit();
  };

  const say = (form, sentence) => {
    form.querySelector("[data-said]").textContent = sentence;
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    form.hidden = false;
    form.querySelector("button").addEventListener("click", (event) => {
      if (!form.reportValidity()) return;
      event.preventDefault();
      say(form, "");
      show(form).catch(() => say(form, form.dataset.failed));
    });
  });
})();
