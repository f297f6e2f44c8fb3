// Keeps a half-filled form on the server a moment after the last change.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const line = form.querySelector("[data-draft-line]");
  let timer;
  let sent = false;

  const keep = async () => {
    if (sent) return;
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) {
      if (value instanceof File || name === "_password") fields.delete(name);
    }
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: fields,
      headers: { "X-Script": "1" },
    }).catch(() => null);
    if (!line) return;
    if (answer && answer.ok) line.textContent = await answer.text();
    else if (answer && answer.status === 401) line.textContent = line.dataset.signedOut;
    else line.textContent = line.dataset.failed;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
}
