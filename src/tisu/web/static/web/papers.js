/* A field for files (data-papers): each file is sent at once, one after the other, with a bar that shows how far it
   is; pictures from a camera are made smaller on the way. Without this file the form sends them all together.
   data-url          where a file goes, as multipart; the answer is {id, name, size_in_words} or {detail}
   data-name         the hidden field that holds each id
   data-unnamed      the upload is tied to nobody, and what a camera wrote into a picture never leaves the device
   data-most-files, data-most-bytes and the words data-choose, data-too-many, data-too-large, data-remove, data-again, data-failed,
   data-wait, data-smaller */
(() => {
  "use strict";

  const LONGEST = 2560; // pixels of the longer side
  const QUALITY = 0.85;
  const LARGE = 1.5 * 1024 * 1024; // bytes: a smaller picture is sent as it is, unless it is to be tied to nobody
  const FROM_A_CAMERA = /^image\/(jpeg|heic|heif|webp)$/;

  const made = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const button = (words, act) => {
    const element = made("button", "btn btn-quiet papers-button", words);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  };
  const inWords = (size) =>
    size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;

  // Drawn anew, the picture has neither place nor time; a browser that cannot draw it sends it as it is.
  const smaller = async (file, always) => {
    if (!FROM_A_CAMERA.test(file.type) || (!always && file.size < LARGE)) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!drawn || (!always && drawn.size >= file.size)) return file;
      return new File([drawn], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  class Papers {
    constructor(box) {
      this.box = box;
      this.words = box.dataset;
      this.list = box.querySelector(".papers-list");
      this.said = box.querySelector(".papers-say");
      this.form = box.closest("form");
      this.queue = Promise.resolve();
      this.sending = 0;
      const input = box.querySelector("input[type=file]");
      input.classList.add("papers-native");
      const choose = made("label", "btn btn-quiet papers-choose", this.words.choose);
      choose.htmlFor = input.id;
      input.after(choose);
      input.addEventListener("change", () => {
        const files = [...input.files];
        input.value = "";
        files.forEach((file) => this.take(file));
      });
      this.list.querySelectorAll(".papers-without").forEach((label) => {
        const line = label.closest("li");
        label.replaceWith(button(this.words.remove, () => line.remove()));
      });
      this.form.addEventListener("submit", (event) => this.hold(event), true);
    }

    say(words) {
      this.said.textContent = words;
    }

    take(file) {
      this.say("");
      if (this.list.querySelectorAll("li:not(.is-wrong)").length >= Number(this.words.mostFiles)) {
        this.say(this.words.tooMany);
        return;
      }
      const line = made("li", "papers-item");
      const bar = made("progress", "papers-bar");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      line.append(made("span", "papers-name", file.name), made("span", "papers-size", inWords(file.size)), bar);
      line.append(button(this.words.remove, () => this.remove(line)));
      this.list.append(line);
      this.sending += 1;
      this.queue = this.queue.then(() => this.carry(line, file)).finally(() => this.done());
    }

    remove(line) {
      line.remove();
      if (line.request) line.request.abort();
    }

    async carry(line, file) {
      if (!line.isConnected) return;
      const sent = await smaller(file, "unnamed" in this.words);
      const size = line.querySelector(".papers-size");
      if (sent !== file) size.textContent = `${inWords(sent.size)} · ${this.words.smaller}`;
      if (sent.size > Number(this.words.mostBytes)) {
        this.fail(line, this.words.tooLarge.replace("{name}", file.name));
        return;
      }
      const answer = await this.send(line, sent);
      if (!line.isConnected) return;
      line.querySelector(".papers-bar").remove();
      if (answer && answer.id) {
        const kept = made("input");
        kept.type = "hidden";
        kept.name = this.words.name;
        kept.value = answer.id;
        line.prepend(kept);
        line.querySelector(".papers-name").textContent = answer.name;
        line.classList.add("is-there");
      } else if (answer && answer.detail) {
        this.fail(line, answer.detail);
      } else {
        this.fail(line, this.words.failed);
        line.append(button(this.words.again, () => { line.remove(); this.take(file); }));
      }
    }

    // What came back, or nothing where nothing did.
    send(line, file) {
      return new Promise((done) => {
        const request = new XMLHttpRequest();
        const body = new FormData();
        if ("unnamed" in this.words) body.append("unnamed", "true");
        body.append("file", file, file.name);
        request.open("POST", this.words.url);
        request.responseType = "json";
        request.setRequestHeader("X-CSRFToken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
        request.upload.addEventListener("progress", (event) => {
          const bar = line.querySelector(".papers-bar");
          if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
        });
        request.addEventListener("loadend", () => done(request.response));
        line.request = request;
        request.send(body);
      });
    }

    fail(line, words) {
      line.classList.add("is-wrong");
      line.querySelectorAll(".papers-bar, .papers-size").forEach((element) => element.remove());
      const fault = made("p", "papers-fault field-error", words);
      fault.setAttribute("role", "alert");
      line.append(fault);
    }

    // The form waits for what is on its way, and goes off by itself if all of it has arrived.
    hold(event) {
      if (!this.sending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.waiting = { by: event.submitter, wrong: this.list.querySelectorAll(".is-wrong").length };
      this.say(this.words.wait);
    }

    done() {
      this.sending -= 1;
      if (this.sending || !this.waiting) return;
      const { by, wrong } = this.waiting;
      this.waiting = null;
      this.say("");
      if (this.list.querySelectorAll(".is-wrong").length === wrong) this.form.requestSubmit(by);
    }
  }

  const prepare = (root) => {
    if (root.matches && root.matches("[data-papers]")) root.papers = root.papers || new Papers(root);
    root.querySelectorAll("[data-papers]").forEach((box) => {
      box.papers = box.papers || new Papers(box);
    });
  };
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
})();
