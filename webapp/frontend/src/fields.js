// Lets a form follow what is entered: the server says which fields there are now, as it
// does without scripts when "Update the form" is pressed. Chosen files stay where they are.
const PAUSE = 150;
const WHILE_TYPING = 600;

for (const fields of document.querySelectorAll("form [data-reacts]")) follow(fields.closest("form"));

function follow(form) {
  let timer;
  let changes = 0;
  let behind = false;
  form.querySelector("[data-fields]").classList.add("live");

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(update, pause);
  };

  form.addEventListener("submit", () => {
    changes += 1; // What comes back now is about a form that was sent.
    clearTimeout(timer);
  });
  form.addEventListener("input", () => {
    changes += 1;
    if (behind) later(WHILE_TYPING);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") return;
    behind = true;
    later(PAUSE);
  });

  async function update() {
    const seen = changes;
    const answer = await fetch(form.getAttribute("action") || location.href, {
      method: "POST",
      body: entered(form),
      headers: { "X-Script": "1" },
    }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-fields]");
    if (!fresh || seen !== changes) return; // Typed meanwhile: the next round brings it all.
    behind = false;
    replace(form, fresh);
  }
}

function entered(form) {
  const fields = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File) && name !== "_password") fields.append(name, value);
  }
  fields.append("_refresh", "1");
  return fields;
}

function replace(form, fresh) {
  const old = form.querySelector("[data-fields]");
  const focus = document.activeElement;
  const held = old.contains(focus) ? place(focus) : null;
  for (const input of old.querySelectorAll('input[type="file"]')) {
    const successor = fresh.querySelector(`#${CSS.escape(input.id)}`);
    if (input.files.length && successor) successor.replaceWith(input);
  }
  fresh.classList.add("live");
  old.replaceWith(fresh);
  if (held) put(fresh, held);
}

// Radio buttons and boxes have a name and a value, other fields an id.
function place(element) {
  return { id: element.id, name: element.name, value: element.value, at: selection(element) };
}

function put(fields, held) {
  const named = [...fields.querySelectorAll("input")].find(
    (input) => input.name === held.name && input.value === held.value && input.type !== "hidden",
  );
  const element = held.id ? fields.querySelector(`#${CSS.escape(held.id)}`) : named;
  if (!element) return;
  element.focus({ preventScroll: true });
  if (held.at) element.setSelectionRange(...held.at);
}

function selection(element) {
  try {
    return element.selectionStart === null ? null : [element.selectionStart, element.selectionEnd];
  } catch {
    return null;
  }
}
