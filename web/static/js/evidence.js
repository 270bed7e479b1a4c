// Evidence for the vendor's answers: chosen or dropped files go out at once, one after the other, with their progress.
// Without this file the form uploads one file by its button.
//
// Contract with the server
//   <form data-evidence="id of the list">, multipart POST to its action of csrf and file,
//   header X-CSRF-Token, Accept: application/json
//   2xx {html: the list again, as the macro answers.files renders it}; 4xx {error: a sentence}
"use strict";

(() => {
  const parsed = (text) => { try { return JSON.parse(text); } catch { return {}; } };

  function cancelButton(request) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link-button";
    made.textContent = "Cancel";
    made.addEventListener("click", () => request.abort());
    return made;
  }
  function progressBar(file) {
    const made = document.createElement("progress");
    made.max = 1;
    made.value = 0;
    made.setAttribute("aria-label", `Uploading ${file.name}`);
    return made;
  }

  class Evidence {
    constructor(form) {
      this.form = form;
      this.list = document.getElementById(form.dataset.evidence);
      this.state = form.querySelector("[data-upload-state]");
      this.input = form.querySelector("input[type=file]");
      this.input.addEventListener("change", () => this.sendAll([...this.input.files]));
      for (const kind of ["dragover", "dragleave", "drop"]) form.addEventListener(kind, (event) => this.drag(event));
    }

    drag(event) {
      if (event.type === "dragover" || event.type === "drop") event.preventDefault();
      this.form.classList.toggle("over", event.type === "dragover");
      if (event.type === "drop") this.sendAll([...event.dataTransfer.files]);
    }

    async sendAll(files) {
      for (const file of files) if (!(await this.send(file))) return;
      this.input.value = "";
      this.state.replaceChildren();
    }

    send(file) {
      const body = new FormData();
      body.append("csrf", this.form.elements.csrf.value);
      body.append("file", file);
      const request = new XMLHttpRequest();
      const bar = progressBar(file);
      this.state.dataset.state = "saving";
      this.state.replaceChildren(`Uploading ${file.name} `, bar, cancelButton(request));
      request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
      return new Promise((resolve) => {
        request.addEventListener("loadend", () => resolve(this.settle(request, file)));
        request.open("POST", this.form.action);
        request.setRequestHeader("X-CSRF-Token", this.form.elements.csrf.value);
        request.setRequestHeader("Accept", "application/json");
        request.send(body);
      });
    }

    settle(request, file) {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300 && answer.html) {
        const page = new DOMParser().parseFromString(answer.html, "text/html");
        this.list.replaceChildren(...page.querySelector("[data-files]").children);
        return true;
      }
      this.state.dataset.state = "refused";
      this.state.textContent = answer.error || (request.status ? `${file.name} was not accepted.` : `${file.name} was not uploaded. Choose it again when you are connected.`);
      return false;
    }
  }

  for (const form of document.querySelectorAll("form[data-evidence]")) new Evidence(form);
})();
