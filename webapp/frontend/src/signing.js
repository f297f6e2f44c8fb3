// Enter in the password field signs, as people expect of a password; everywhere else in the
// form it must not complete anything.
for (const field of document.querySelectorAll("#work .signing input[type=password]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit(field.form.querySelector(".submit button"));
  });
}
